/// What files belong to that are no evidence of captures and no papers of cases.
public enum FileOwner: String, Hashable, Sendable, CaseIterable {
    /// Photographs and signatures. (检查照片、签名)
    case inspection
    /// Papers of the registers. (合规登记材料)
    case register
    /// Photographs of duties, pictures of licences. (学校文件)
    case school
    /// Photographs. (活动照片)
    case activity
    /// Photographs that the public sent. (反映照片)
    case concern
    /// Finished reports; their bytes are in the records. (定稿报告)
    case report
}

/// What a file must be, as its row says.
public struct FileProof: Hashable, Sendable {
    public var owner: FileOwner
    /// The identifier of what it belongs to.
    public var belongsTo: String
    /// Below the owner's folder; nil = its bytes are in the records.
    public var path: String?
    public var sizeBytes: Int
    /// 64 lower-case digits.
    public var sha256: String

    public init(_ owner: FileOwner, _ belongsTo: String, path: String?, sizeBytes: Int, sha256: String) {
        self.owner = owner
        self.belongsTo = belongsTo
        self.path = path
        self.sizeBytes = sizeBytes
        self.sha256 = sha256
    }
}
