/// A statement: text that this source code wrote, and values that are always bound, never pasted.
///
/// In `"select name from person where id = \(id)"` the interpolated value becomes a parameter.
struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The text between parameters: always one more than there are values.
    private(set) var texts: [String]
    private(set) var values: [SQLValue]

    init(stringLiteral text: String) {
        texts = [text]
        values = []
    }

    init(stringInterpolation: StringInterpolation) {
        texts = stringInterpolation.texts
        values = stringInterpolation.values
    }

    /// `(…, …, …)`, to stand behind `in`; none match an empty one.
    static func list(_ values: some Sequence<some SQLConvertible>) -> SQL {
        var list: SQL = "("
        for value in values { list.append(list.values.isEmpty ? "\(value)" : ", \(value)") }
        list.append(list.values.isEmpty ? "null)" : ")")
        return list
    }

    static func + (a: SQL, b: SQL) -> SQL {
        var sum = a
        sum.append(b)
        return sum
    }

    private mutating func append(_ other: SQL) {
        texts[texts.count - 1] += other.texts[0]
        texts += other.texts.dropFirst()
        values += other.values
    }

    struct StringInterpolation: StringInterpolationProtocol {
        var texts: [String] = [""]
        var values: [SQLValue] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            values.reserveCapacity(interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) {
            texts[texts.count - 1] += literal
        }

        mutating func appendInterpolation(_ value: some SQLConvertible) {
            texts.append("")
            values.append(value.sqlValue)
        }

        mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
            texts.append("")
            values.append(value.sqlValue)
        }

        mutating func appendInterpolation<Value: RawRepresentable<String>>(_ value: Value) {
            appendInterpolation(value.rawValue)
        }

        /// A part of a statement that is SQL itself.
        mutating func appendInterpolation(_ fragment: SQL) {
            texts[texts.count - 1] += fragment.texts[0]
            texts += fragment.texts.dropFirst()
            values += fragment.values
        }
    }
}
