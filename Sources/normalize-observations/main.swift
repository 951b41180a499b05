import MDRCore

Tool("normalize-observations", "placeholder", commands: []).main()
