extension WanderingWork {
  /// How often the work was done from how many networks, and what a further one says.
  var sentence: String {
    "This actor comes from ever other public networks: it did this \(count.times) on \(days.count.of("day")) from "
      + "\(networks.of("network")), so that one more says little by itself; a program that it never used says more."
  }
}
