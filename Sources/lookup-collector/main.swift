import MDRCore

Tool("lookup-collector", "placeholder", commands: []).main()
