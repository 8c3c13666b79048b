import CPostgres

/// Reads the columns of the one row of a result, sent in binary form.
struct PostgreSQLColumns: Columns {
    let result: OpaquePointer

    func value(at index: Int) -> SQLValue {
        guard PQgetisnull(result, 0, Int32(index)) == 0 else { return .null }
        let bytes = bytes(at: index)
        return switch PQftype(result, Int32(index)) {
        case PostgreSQLType.int8: .integer(bytes.bigEndian(Int64.self))
        case PostgreSQLType.int4: .integer(Int64(bytes.bigEndian(Int32.self)))
        case PostgreSQLType.int2: .integer(Int64(bytes.bigEndian(Int16.self)))
        case PostgreSQLType.oid: .integer(Int64(bytes.bigEndian(UInt32.self)))
        case PostgreSQLType.bool: .integer(bytes.first == 0 ? 0 : 1)
        case PostgreSQLType.float8: .real(Double(bitPattern: bytes.bigEndian(UInt64.self)))
        case PostgreSQLType.float4: .real(Double(Float(bitPattern: bytes.bigEndian(UInt32.self))))
        case PostgreSQLType.numeric: PostgreSQLNumeric(bytes).value
        case let type where PostgreSQLType.texts.contains(type): .text(String(decoding: bytes, as: UTF8.self))
        default: .blob(Array(bytes))
        }
    }

    func bytes(at index: Int) -> UnsafeRawBufferPointer {
        let count = Int(PQgetlength(result, 0, Int32(index)))
        return UnsafeRawBufferPointer(start: PQgetvalue(result, 0, Int32(index)), count: count)
    }

    func name(at index: Int) -> String {
        PQfname(result, Int32(index)).map { String(cString: $0) } ?? "\(index)"
    }
}

/// `numeric` in binary form: what `sum` of whole numbers, and every number with a point in a statement, is.
struct PostgreSQLNumeric {
    private let digits: [Int16]
    /// Of the first digit, in powers of 10,000.
    private let weight: Int
    private let sign: UInt16
    private let digitsAfterPoint: Int

    /// Layout: `numeric_send` in PostgreSQL's src/backend/utils/adt/numeric.c.
    init(_ bytes: UnsafeRawBufferPointer) {
        let head = (0..<4).map { UnsafeRawBufferPointer(rebasing: bytes[(2 * $0)...]).bigEndian(Int16.self) }
        weight = Int(head[1])
        sign = UInt16(bitPattern: head[2])
        digitsAfterPoint = Int(head[3])
        digits = (0..<Int(head[0])).map {
            UnsafeRawBufferPointer(rebasing: bytes[(8 + 2 * $0)...]).bigEndian(Int16.self)
        }
    }

    /// An integer when it was declared without digits after the point and fits, as SQLite has it.
    var value: SQLValue {
        if let integer { return .integer(integer) }
        guard sign == 0 || sign == 0x4000 else { return .null }
        // Through its decimal digits, so that it becomes the nearest number there is.
        var text = sign == 0x4000 ? "-0" : "0"
        for digit in digits {
            let four = String(digit)
            text += String(repeating: "0", count: 4 - four.count) + four
        }
        return .real(Double("\(text)e\(4 * (weight + 1 - digits.count))") ?? .nan)
    }

    private var integer: Int64? {
        guard digitsAfterPoint == 0, sign == 0 || sign == 0x4000, digits.isEmpty || weight <= 4 else { return nil }
        var sum: Int64 = 0
        for place in 0..<(digits.isEmpty ? 0 : weight + 1) {
            let digit = Int64(place < digits.count ? digits[place] : 0)
            let (shifted, overflows) = sum.multipliedReportingOverflow(by: 10_000)
            // Downwards, since the smallest number has no positive counterpart.
            let (next, overflowsToo) =
                sign == 0 ? shifted.addingReportingOverflow(digit) : shifted.subtractingReportingOverflow(digit)
            guard !overflows, !overflowsToo else { return nil }
            sum = next
        }
        return sum
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func bigEndian<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) -> T {
        T(bigEndian: loadUnaligned(as: T.self))
    }
}
