/// Numbers as people write them out, which count as much as digits do.
enum NumberWords {
  /// Reads a number from the first of some lower-case words on; gives it with the words that it takes, or `nil`.
  ///
  /// "one" by itself is no number: it is a pronoun as often.
  static func number(in words: ArraySlice<String>) -> (value: Int, length: Int)? {
    var (total, group, length) = (0, 0, 0)
    var isPlain = true
    for word in words {
      let parts = word.split(separator: "-").map(String.init)
      guard let value = value(of: parts) else {
        // "one hundred and five", never a trailing "and".
        guard word == "and", length > 0,
          words.dropFirst(length + 1).first.flatMap({ self.value(of: [$0]) }) != nil
        else { break }
        length += 1
        continue
      }
      if value >= 100 {
        isPlain = false
        group = max(1, group) * value
        if value >= 1_000 {
          total += group
          group = 0
        }
      } else if group % 100 == 0 || (group % 10 == 0 && group % 100 >= 20 && value < 10) {
        group += value
      } else {
        break
      }
      length += 1
    }
    guard length > 0 else { return nil }
    let value = total + group
    return isPlain && length == 1 && value == 1 && words.first != "once" ? nil : (value, length)
  }

  /// Words that stand for a number and keep it to themselves.
  static let vague: Set<String> = [
    "dozens", "hundreds", "thousands", "millions", "billions", "scores", "countless", "numerous", "several",
    "myriad", "handful",
  ]

  private static func value(of parts: [String]) -> Int? {
    let values = parts.compactMap { words[$0] }
    guard values.count == parts.count, !values.isEmpty else { return nil }
    // "forty-two"; "two-one" is no number.
    if values.count == 2 {
      return values[0] >= 20 && values[0] < 100 && values[1] < 10 ? values[0] + values[1] : nil
    }
    return values.count == 1 ? values[0] : nil
  }

  private static let words: [String: Int] = {
    let small = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
      "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    var words = Dictionary(uniqueKeysWithValues: small.enumerated().map { ($1, $0) })
    for (index, word) in tens.enumerated() { words[word] = 20 + 10 * index }
    words.merge(
      [
        "once": 1, "twice": 2, "thrice": 3, "couple": 2, "dozen": 12, "hundred": 100,
        "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
      ], uniquingKeysWith: { first, _ in first })
    return words
  }()
}
