import MDRCore

Tool("business-triage", "placeholder", commands: []).main()
