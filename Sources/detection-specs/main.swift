import MDRCore

DetectionCommands.tool.main()
