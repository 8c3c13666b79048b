/// What an inspector brings back from a school and hands in whole. (检查记录)
public struct InspectionReport: Hashable, Sendable, Codable {
    public enum SchoolSignature: Hashable, Sendable, Codable {
        case signed(InspectionFileID, name: String)
        /// Nobody would sign: why. (拒绝签字，注明情况)
        case refused(reason: String)
    }

    /// Where the phone was, when its owner allowed that to be kept.
    public struct Position: Hashable, Sendable, Codable {
        /// Degrees, WGS 84.
        public var latitude: Double
        public var longitude: Double
        public var accuracyMetres: Double

        public init?(latitude: Double, longitude: Double, accuracyMetres: Double) {
            guard (-90...90).contains(latitude), (-180...180).contains(longitude), accuracyMetres >= 0,
                accuracyMetres.isFinite
            else { return nil }
            self.latitude = latitude
            self.longitude = longitude
            self.accuracyMetres = accuracyMetres
        }
    }

    public static let longestRemark = 1000

    /// Made on the phone when the work was finished: the same report, sent again, is known by it.
    public var id: InspectionReportID
    public var by: PersonID
    /// When it arrived.
    public var received: UTCTime
    /// By the phone's clock, which may be wrong.
    public var begun: UTCTime
    public var finished: UTCTime
    /// The version that was filled in.
    public var template: InspectionTemplate.Version
    public var answers: [InspectionAnswer]
    /// 0…1000 characters.
    public var remark: String
    public var inspectorSignature: InspectionFileID
    public var schoolSignature: SchoolSignature
    /// nil = not allowed, or not known.
    public var position: Position?

    public init(
        id: InspectionReportID, by person: PersonID, received: UTCTime, begun: UTCTime, finished: UTCTime,
        template: InspectionTemplate.Version, answers: [InspectionAnswer], remark: String = "",
        inspectorSignature: InspectionFileID, schoolSignature: SchoolSignature, position: Position? = nil
    ) {
        self.id = id
        by = person
        self.received = received
        self.begun = begun
        self.finished = finished
        self.template = template
        self.answers = answers
        self.remark = remark
        self.inspectorSignature = inspectorSignature
        self.schoolSignature = schoolSignature
        self.position = position
    }

    public subscript(code: String) -> InspectionAnswer? { answers.first { $0.item == code } }

    /// All that the report rests on.
    public var files: [InspectionFileID] {
        var files = answers.flatMap(\.photos) + [inspectorSignature]
        if case .signed(let file, _) = schoolSignature { files.append(file) }
        return files
    }

    public enum Fault: Error, Hashable, Sendable {
        case unknownItem(String)
        case itemTwice(String)
        case unanswered([String])
        case extent(String)
        case note(String)
        case photos(String)
        case photoMissing([String])
        case remark
        case signer
        /// The same file in two places.
        case fileTwice
        /// Finished before it was begun.
        case times
    }

    /// Whether it is complete by its template.
    public func check(by template: InspectionTemplate) throws(Fault) {
        var known: Set<String> = []
        for answer in answers {
            guard template[answer.item] != nil else { throw .unknownItem(answer.item) }
            guard known.insert(answer.item).inserted else { throw .itemTwice(answer.item) }
            if let extent = answer.extent, !InspectionAnswer.extents.contains(extent) { throw .extent(answer.item) }
            guard answer.note.count <= InspectionAnswer.longestNote else { throw .note(answer.item) }
            guard answer.photos.count <= InspectionAnswer.mostPhotos else { throw .photos(answer.item) }
        }
        let unanswered = template.items.map(\.code).filter { !known.contains($0) }
        guard unanswered.isEmpty else { throw .unanswered(unanswered) }
        let bare = template.items.filter { item in
            guard let answer = self[item.code], answer.photos.isEmpty, answer.outcome != .notApplicable else {
                return false
            }
            return item.photo == .always || (item.photo == .whenFailing && answer.extent != nil)
        }
        guard bare.isEmpty else { throw .photoMissing(bare.map(\.code)) }
        guard remark.count <= Self.longestRemark else { throw .remark }
        switch schoolSignature {
        case .signed(_, let name): guard (1...60).contains(name.count) else { throw .signer }
        case .refused(let reason): guard (2...200).contains(reason.count) else { throw .signer }
        }
        guard Set(files).count == files.count else { throw .fileTwice }
        guard begun <= finished else { throw .times }
    }
}

public typealias InspectionReportID = Identifier<InspectionReport>
