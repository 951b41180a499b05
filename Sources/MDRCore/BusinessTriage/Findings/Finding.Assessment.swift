extension Finding {
  /// What the baseline says: the posts' tuple table, their decision list, and the sentences behind both.
  func businessAsUsual(level: Int) -> [Block] {
    var blocks: [Block] = [.paragraph(normalityText)]
    if !tuples.isEmpty { blocks += [.heading(level, "Business Baseline Tuple"), .table(tupleTable)] }
    if tuples.count > Self.shownTuples {
      blocks.append(.paragraph("\(tuples.count - Self.shownTuples) more tuples are in the machine file."))
    }
    blocks += [.heading(level, "Baseline Decision"), .list(items: decision)]
    return blocks
  }

  private static var shownTuples: Int { 20 }

  private var normalityText: Inline {
    let dimensions = Inline.codes(newDimensions.map(\.rawValue))
    return switch normality {
    case .established:
      "Likely the business's own routine: this very operation recurs in the baseline. Recurrence is context, not approval."
    case .variant:
      newDimensions.isEmpty
        ? "A variant of what the baseline knows."
        : "A variant of what the baseline knows; new in: \(dimensions)."
    case .firstSeen:
      newDimensions.isEmpty
        ? "First seen: the baseline knows nothing near it."
        : "First seen: the baseline knows nothing near it; new in: \(dimensions)."
    case .undetermined:
      whyDifferent.contains(Difference.withoutBaseline)
        ? "There is no baseline: nothing says whether this is usual here."
        : "The baseline can't tell: it is too thin here, or has gaps."
    }
  }

  private var tupleTable: Table {
    Table(
      [
        Column("Account"), Column("Actor"), Column("Event"), Column("Source"), Column("Region"),
        Column("Prior observations", .trailing), Column("Baseline position"),
      ],
      rows: tuples.prefix(Self.shownTuples).map {
        [
          .code($0.account), .code($0.actor), .code($0.event), .code($0.source), .code($0.region),
          "\($0.priorObservations)", .sentence($0.position),
        ]
      })
  }

  private var decision: [ListItem] {
    var items = [
      ListItem("Account: \(code: accountID)"), ListItem("Actor: \(code: actor)"),
      ListItem("Event: \(codes: rankedEventNames)"), ListItem("Source: \(code: source)"),
      ListItem("Region: \(codes: allRegions)"), ListItem("Business family: \(businessFamily.title)"),
      ListItem("Baseline status: \(baselineStatus)"),
      ListItem("Critical override: \(overrides.isEmpty ? "no" : "yes")"),
      ListItem("Decision: \(decisionText)"),
    ]
    if !whyDifferent.isEmpty { items.append(ListItem("Why:", children: whyDifferent.map(Inline.sentence))) }
    return items
  }

  private var baselineStatus: Inline {
    switch normality {
    case .established: "established tuple"
    case .variant: "variant of a known tuple"
    case .firstSeen: "first-seen tuple"
    case .undetermined: "undetermined"
    }
  }

  /// Whatever the baseline says, an override stays alertable.
  private var decisionText: Inline {
    switch position {
    case .abnormalHighRisk, .normalHighResidualRisk: "alertable"
    case .unknownNeedsEvidence: "alertable until its evidence is there"
    case .normalLowRisk: overrides.isEmpty ? "kept as context, no alert" : "alertable"
    }
  }
}

extension SourceKind {
  /// The name for people.
  package var title: String {
    switch self {
    case .awsService: "AWS service"
    case .claimedService: "a service's name that nothing else confirms"
    case .awsInternal: "AWS internal"
    case .vpcEndpoint: "VPC endpoint"
    case .owned: "owned address"
    case .corporate: "corporate network"
    case .awsPublic: "AWS-owned range"
    case .publicNetwork: "public network"
    case .privateNetwork: "private network"
    case .unknown: "unknown"
    }
  }
}
