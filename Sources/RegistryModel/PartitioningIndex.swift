extension RandomAccessCollection where Index == Int {
  /// The place of the first element that fits, where all behind it fit too; the end where none does. Asked in the logarithm of
  /// their number.
  package func partitioningIndex(where fits: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if fits(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
