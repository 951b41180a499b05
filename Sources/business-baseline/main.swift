import MDRCore

Tool(
  "business-baseline", "how a business operates: lanes and account operating models",
  commands: [
    BuildBaseline.command, UpdateBaseline.command, ShowBaseline.command, CompareBaselines.command,
    ApproveLane.command, RetractLane.command, WriteEngineQuery.command, ImportBaseline.command,
  ]
).main()
