import MDRCore

EvidencePackCommand.tool.main()
