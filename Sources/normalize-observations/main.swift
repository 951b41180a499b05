import MDRCore

NormalizeCommand.tool.main()
