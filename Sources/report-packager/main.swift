import MDRCore

Tool("report-packager", "placeholder", commands: []).main()
