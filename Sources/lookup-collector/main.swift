import MDRCore

CollectCommand.tool.main()
