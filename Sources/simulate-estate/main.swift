import MDRCore

Tool("simulate-estate", "placeholder", commands: []).main()
