/// A statement's values in the binary form of libpq: types, bytes, and where each value's bytes begin.
struct PostgreSQLParameters {
    /// Object identifiers of pg_type; 0 = the server finds it out. Part of a prepared statement.
    private(set) var types: [UInt32] = []
    private var bytes: [UInt8] = []
    /// nil = null.
    private var places: [Range<Int>?] = []

    /// - Throws: ``StoreError/Kind/textWithNUL``.
    init(_ values: [SQLValue]) throws(StoreError) {
        for value in values {
            let start = bytes.count
            switch value {
            case .null: types.append(0)
            case .integer(let value):
                types.append(PostgreSQLType.int8)
                append(UInt64(bitPattern: value))
            case .real(let value):
                types.append(PostgreSQLType.float8)
                append(value.bitPattern)
            case .text(let value):
                types.append(PostgreSQLType.text)
                bytes.append(contentsOf: value.utf8)
                guard !bytes[start...].contains(0) else { throw StoreError(.textWithNUL, doing: "asking the database") }
            case .blob(let value):
                types.append(PostgreSQLType.bytea)
                bytes.append(contentsOf: value)
            }
            places.append(isNull(value) ? nil : start..<bytes.count)
        }
        // An empty value needs an address too, or it would be null.
        bytes.append(0)
    }

    /// SQLite keeps a number that is none as null.
    private func isNull(_ value: SQLValue) -> Bool {
        switch value {
        case .null: true
        case .real(let number): number.isNaN
        default: false
        }
    }

    private mutating func append(_ number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Lends what `PQsendQueryPrepared` takes: count, addresses, lengths, and formats.
    func withArguments<R>(
        _ body: (Int32, [UnsafePointer<CChar>?], [Int32], [Int32]) -> R
    ) -> R {
        bytes.withUnsafeBytes { all in
            let start = all.baseAddress!.assumingMemoryBound(to: CChar.self)
            return body(
                Int32(places.count), places.map { place in place.map { start + $0.lowerBound } },
                places.map { Int32($0?.count ?? 0) }, places.map { _ in 1 })
        }
    }
}

/// Object identifiers of built-in types (pg_type.dat); they never change.
enum PostgreSQLType {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let oid: UInt32 = 26
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let numeric: UInt32 = 1700
    /// `"char"`, `name`, `unknown`, `character`, `character varying`, `void`: their binary form is their text.
    static let texts: Set<UInt32> = [text, 18, 19, 705, 1042, 1043, 2278]
}
