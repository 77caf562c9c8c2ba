/// How many letters must be inserted, deleted, replaced or swapped with their neighbour to make one text of the
/// other (optimal string alignment); nothing where it is more than `limit`.
public func editDistance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar], atMost limit: Int) -> Int? {
  guard abs(one.count - other.count) <= limit else { return nil }
  var beforeLast: [Int] = []
  var last = Array(0...other.count)
  for row in one.indices {
    var current = [row + 1]
    current.reserveCapacity(other.count + 1)
    for column in other.indices {
      let replaced = last[column] + (one[row] == other[column] ? 0 : 1)
      var best = min(replaced, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
        best = min(best, beforeLast[column - 1] + 1)
      }
      current.append(best)
    }
    if (current.min() ?? 0) > limit { return nil }
    beforeLast = last
    last = current
  }
  return last[other.count] <= limit ? last[other.count] : nil
}
