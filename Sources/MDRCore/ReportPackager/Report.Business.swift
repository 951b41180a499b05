extension Report {
  private static var shownAccounts: Int { 50 }

  /// How this business operates, from the head of the baseline.
  func addOperatingModel(to draft: inout ReportDraft) {
    draft.append(.heading(2, "How this business operates"))
    guard let header = folder.headers[.businessBaseline] else {
      return draft.append(
        .paragraph("Unknown: this case holds no baseline. Only critical overrides and detections speak."))
    }
    let source = CaseFolder.Step.businessBaseline.source
    let totals = header["totals"]
    let window = header["window"]
    let numbers = ["observations", "accounts", "lanes", "established_lanes", "approved_lanes"]
    let count = Dictionary(uniqueKeysWithValues: numbers.map { ($0, totals?[$0]?.int ?? 0) })
    draft.append(
      .paragraph(
        """
        \((count["observations"] ?? 0).of("observation")) of \((count["accounts"] ?? 0).of("account")) from \
        \(window?["first_observation"]?.string ?? "an unknown day") to \
        \(window?["cut_off"]?.string ?? window?["last_observation"]?.string ?? "an unknown day") make \
        \((count["lanes"] ?? 0).of("lane")) (each one account, actor, event, source and region), of which \(count["established_lanes"] ?? 0) are established and \
        \(count["approved_lanes"] ?? 0) approved by people. Recurrence is context, not approval.
        """),
      claims: numbers.map { Claim("baseline.\($0)", count[$0] ?? 0, from: source) })
    let families = header["families"]?.elements ?? []
    if !families.isEmpty {
      draft.append(
        [Column("Baseline family"), Column("Observations", .trailing), Column("Share", .trailing)],
        rows: families.map { family in
          let count = family["observations"]?.int ?? 0
          return ReportDraft.Row(
            cells: [
              .text(family["title"]?.string ?? ""), "\(count)",
              .text(Share(count, of: totals?["observations"]?.int ?? 0).percent),
            ],
            claims: [Claim("baseline.family.\(family["business_family"]?.string ?? "")", count, from: source)]
          )
        })
    }
    addAccounts(header["accounts"]?.elements ?? [], to: &draft)
  }

  private func addAccounts(_ accounts: [JSONValue], to draft: inout ReportDraft) {
    guard !accounts.isEmpty else { return }
    let ranked = accounts.sorted {
      ($1["observations"]?.int ?? 0, $0["account_id"]?.string ?? "")
        < ($0["observations"]?.int ?? 0, $1["account_id"]?.string ?? "")
    }
    draft.append(
      [
        Column("Account"), Column("Name"), Column("Main activity"), Column("Observations", .trailing),
        Column("Lanes", .trailing), Column("Established", .trailing), Column("Baseline"),
      ],
      rows: ranked.prefix(Self.shownAccounts).map { account in
        let id = account["account_id"]?.string ?? ""
        let count = account["observations"]?.int ?? 0
        let families = (account["families"]?.members ?? [:]).compactMapValues(\.int)
          .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(2)
          .map { Inline.text(BusinessFamily(rawValue: $0.key)?.title ?? $0.key) }
        return ReportDraft.Row(
          cells: [
            .code(id), .text(account["account_name"]?.string ?? "–"), families.joined(separator: "; "),
            "\(count)",
            "\(account["lanes"]?.int ?? 0)", "\(account["established_lanes"]?.int ?? 0)",
            account["mature"]?.bool == false ? "thin" : "mature",
          ],
          claims: [Claim("baseline.account.\(id)", count, from: CaseFolder.Step.businessBaseline.source)]
        )
      })
    if ranked.count > Self.shownAccounts {
      draft.append(.paragraph("\(ranked.count - Self.shownAccounts) more accounts are in `lanes.json`."))
    }
    draft.append(
      .paragraph("`business-baseline/baseline.md` describes each account; it can be read by itself."))
  }

  /// What the logs can't show, whatever was examined.
  func addBlindSpots(to draft: inout ReportDraft) {
    draft.append([
      .heading(2, "Blind spots"),
      .paragraph("CloudTrail records calls to AWS. What follows it does not, or not by default:"),
      .list([
        "Application logs: what a workload did with the data that it may read.",
        "The identity provider: how a person signed in, from which device, with which second factor.",
        "Runtime: processes, commands and network connections within instances, containers and functions.",
        "Network flow and DNS logs: where traffic went.",
        "Audit logs of Kubernetes clusters: what was asked of a cluster with the role or token that AWS issued.",
        "Logs of other software services, such as the source host or the build service: what led to a call here.",
        "Data events, such as object reads, where the trail does not select them; LookupEvents never has them.",
        "Accounts, regions and days outside the coverage above.",
        "What whoever holds an account may have removed from logs that are kept in it: only copies elsewhere vouch for those.",
        "Intent, approval and ownership: only people know these.",
      ]),
    ])
  }

  func addInputs(to draft: inout ReportDraft) {
    draft.append([
      .heading(2, "Appendix: inputs"),
      .paragraph(
        "SHA-256 of each artifact that this report was made from; `report-packager verify` compares them."),
    ])
    draft.append(
      [Column("Artifact"), Column("SHA-256")],
      rows: folder.inputs.keys.sorted().map { name in
        let digest = folder.inputs[name] ?? ""
        return ReportDraft.Row(
          cells: [.code(name), .code(digest)], claims: [Claim("input.\(name)", .string(digest), from: name)]
        )
      })
  }
}
