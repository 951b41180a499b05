import MDRCore

TriageCommand.tool.main()
