import MDRCore

ReportCommand.tool.main()
