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

    /// The bytes of a text or blob where they are, without a copy: gone with the row.
    func bytes(_ index: Int) -> UnsafeRawBufferPointer { columns.bytes(at: index) }

    func badValue(_ index: Int, _ expected: String) -> StoreError {
        StoreError(.badValue, doing: "reading column \(columns.name(at: index))", detail: "expected \(expected)")
    }
}

/// How an engine hands over the current row of a running statement.
protocol Columns {
    func value(at index: Int) -> SQLValue
    /// Of a text or blob; valid until the statement moves on.
    func bytes(at index: Int) -> UnsafeRawBufferPointer
    func name(at index: Int) -> String
}
