// "Did you mean …?" for mistyped words.

/// The closest of `candidates` to `word`, when it is at most two typing errors away, and one for every three letters.
func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased())
    var best: (distance: Int, word: String)?
    for candidate in candidates {
        let distance = typingErrors(from: letters, to: Array(candidate.lowercased()))
        if distance <= min(2, letters.count / 3), distance < best?.distance ?? .max {
            best = (distance, candidate)
        }
    }
    return best?.word
}

/// Letters to insert, remove, replace or swap with their neighbour: the optimal string alignment distance.
private func typingErrors(from source: [Character], to target: [Character]) -> Int {
    var rows = [Array(0...target.count)]
    for (row, letter) in source.enumerated() {
        var current = [row + 1]
        for (column, other) in target.enumerated() {
            var least = min(
                current[column] + 1, rows[row][column + 1] + 1, rows[row][column] + (letter == other ? 0 : 1))
            if row > 0, column > 0, letter == target[column - 1], source[row - 1] == other {
                least = min(least, rows[row - 1][column - 1] + 1)
            }
            current.append(least)
        }
        rows.append(current)
    }
    return rows[source.count][target.count]
}
