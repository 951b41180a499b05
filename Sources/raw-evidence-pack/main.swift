import MDRCore

Tool("raw-evidence-pack", "placeholder", commands: []).main()
