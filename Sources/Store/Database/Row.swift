/// One row of a result; only valid while it is lent. Columns are numbered from 0 in the order of the `select`.
struct Row: ~Copyable {
    let columns: any Columns

    /// - Throws: ``StoreError/Kind/badValue`` when the column holds something that `T` can't be.
    func value<T: SQLConvertible>(_ index: Int, as type: T.Type = T.self) throws(StoreError) -> T {
        guard let value = T(sqlValue: columns.value(at: index)) else { throw badValue(index, "\(T.self)") }
        return value
    }

    func value<T: RawRepresentable<String>>(_ index: Int, as type: T.Type = T.self) throws(StoreError) -> T {
        guard case .text(let text) = columns.value(at: index), let value = T(rawValue: text) else {
            throw badValue(index, "\(T.self)")
        }
        return value
    }

    /// Lends the bytes of a text or blob where they are, without a copy.
    func withBytes<R>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try columns.withBytes(at: index, body)
    }

    func badValue(_ index: Int, _ expected: String) -> StoreError {
        StoreError(.badValue, doing: "reading column \(columns.name(at: index))", detail: "expected \(expected)")
    }
}

/// How an engine hands over the current row of a running statement.
protocol Columns {
    func value(at index: Int) -> SQLValue
    func withBytes<R>(at index: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R
    func name(at index: Int) -> String
}
