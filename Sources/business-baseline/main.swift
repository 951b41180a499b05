import MDRCore

Tool("business-baseline", "placeholder", commands: []).main()
