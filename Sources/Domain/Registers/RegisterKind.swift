/// What the law wants to be written down beside the cameras themselves. (合规登记)
public enum RegisterKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// Signs that cameras are there, and their filing with the public-security organ, by school. (提示标识与备案; Decree 799 of
    /// 2025, Art. 13–14)
    case sites
    /// Which of the staff was told, and agreed. (员工告知与同意; Personal Information Protection Law, Art. 13–17)
    case staff
    /// Before cameras and analysis begin, and when they change. (个人信息保护影响评估; the same law, Art. 55–56)
    case assessments
    /// Who asks what is kept of them. (个人信息查询; the same law, Art. 44–50)
    case requests

    /// Belongs to a school; the others to the county.
    public var isOfSchool: Bool { self == .sites || self == .staff }
    /// One entry for each school.
    public var isOnePerSchool: Bool { self == .sites }
    /// A paper or a picture belongs to each entry.
    public var expectsFile: Bool { isOfSchool }

    /// In the order in which people fill them in.
    public var fields: [RegisterField] {
        switch self {
        case .sites:
            [
                RegisterField("place", .text(200), isRequired: true),
                RegisterField("cameraKinds", .text(200), isExpected: true),
                RegisterField("signPlace", .text(200), isExpected: true),
                RegisterField("signOn", .day, isExpected: true),
                RegisterField("filedWith", .text(200), isExpected: true),
                RegisterField("filingNumber", .text(100), isExpected: true),
                RegisterField("filedOn", .day, isExpected: true), RegisterField("note", .longText(1000)),
            ]
        case .staff:
            [
                RegisterField("name", .text(100), isRequired: true), RegisterField("job", .text(100)),
                RegisterField("toldOn", .day, isRequired: true),
                RegisterField("how", .choice(["written", "meeting", "contract"]), isExpected: true),
                RegisterField("consentedOn", .day, isExpected: true), RegisterField("withdrawnOn", .day),
                RegisterField("note", .longText(1000)),
            ]
        case .assessments:
            [
                RegisterField("title", .text(200), isRequired: true),
                RegisterField("scope", .longText(4000), isExpected: true),
                RegisterField("purpose", .longText(4000), isExpected: true),
                RegisterField("basis", .longText(4000), isExpected: true),
                RegisterField("necessity", .longText(4000), isExpected: true),
                RegisterField("influence", .longText(4000), isExpected: true),
                RegisterField("risks", .longText(4000), isExpected: true),
                RegisterField("measures", .longText(4000), isExpected: true),
                RegisterField("proportion", .longText(4000), isExpected: true),
                RegisterField("conclusion", .choice(["proceed", "withMeasures", "stop"]), isExpected: true),
                RegisterField("assessor", .text(100), isExpected: true),
                RegisterField("doneOn", .day, isRequired: true),
            ]
        case .requests:
            [
                RegisterField("asker", .text(100), isRequired: true), RegisterField("contact", .text(200)),
                RegisterField(
                    "what", .choice(["know", "copy", "correct", "delete", "explain", "withdraw"]), isRequired: true),
                RegisterField("details", .longText(2000)), RegisterField("receivedOn", .day, isRequired: true),
                RegisterField("dueOn", .day, isRequired: true), RegisterField("answer", .longText(4000)),
                RegisterField("answeredOn", .day, isExpected: true),
            ]
        }
    }

    /// Days that must not lie before another.
    private var orders: [(later: String, earlier: String)] {
        switch self {
        case .sites, .assessments: []
        case .staff: [("consentedOn", "toldOn"), ("withdrawnOn", "consentedOn")]
        case .requests: [("dueOn", "receivedOn"), ("answeredOn", "receivedOn")]
        }
    }

    /// What is kept of what was typed; fields that are not the register's are dropped.
    public func checked(_ typed: [String: String]) throws(RegisterFault) -> [String: String] {
        var values: [String: String] = [:]
        for field in fields {
            values[field.name] = try field.checked(typed[field.name] ?? "")
            if field.isRequired, values[field.name] == nil { throw RegisterFault(field: field.name, kind: .missing) }
        }
        for (later, earlier) in orders {
            guard let end = values[later].flatMap({ Day($0) }), let start = values[earlier].flatMap({ Day($0) }) else {
                continue
            }
            if end < start { throw RegisterFault(field: later, kind: .before(earlier)) }
        }
        return values
    }

    /// Assessments are kept for three years at least (Art. 56): nothing of any register is ever taken away before.
    public static let keptYears = 3
}
