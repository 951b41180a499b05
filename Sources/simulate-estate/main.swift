import MDRCore

Tool(
  "simulate-estate", "a CloudTrail estate to try the product on",
  commands: [
    Command(
      "",
      "writes ninety days of invented CloudTrail logs, the inventory beside them, and the truth about what happened",
      options: EstateOptions.declarations
    ) { arguments, console in
      let options = try EstateOptions(arguments)
      let estate = try Estate(options: options)
      let (totals, labels) = try Generation(estate: estate, options: options).run(console: console)
      return CommandOutcome(
        summary: [
          options.output,
          "\(totals.events) events of \(estate.accounts.count) accounts in \(totals.files) files, "
            + "\(estate.calendar.since.date) to \(estate.calendar.until.date)",
          "review window from \(estate.calendar.reviewSince.iso8601): \(totals.reviewEvents) events, "
            + "\(labels.count { $0.isStory }) injected operations, \(labels.count) labels",
        ],
        json: [
          "output": .string(options.output), "events": .number(totals.events), "files": .number(totals.files),
          "labels": .number(labels.count), "cut_off": .string(estate.calendar.reviewSince.iso8601),
        ])
    },
    AnswerAWS.command,
  ]
).main()
