import MDRCore

Tool("detection-specs", "placeholder", commands: []).main()
