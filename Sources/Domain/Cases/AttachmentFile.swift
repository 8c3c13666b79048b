/// A file that somebody added to a case, as it is kept.
public struct AttachmentFile: Hashable, Sendable {
    public let attachment: Attachment
    public var caseID: CaseID
    /// As the sender's machine called it.
    public var name: String
    /// What its first bytes say that it is.
    public var mediaType: String
    public var sizeBytes: Int
    /// Below the folder of attachments.
    public var path: String

    public init(
        _ attachment: Attachment, of caseID: CaseID, name: String, mediaType: String, sizeBytes: Int, path: String
    ) {
        self.attachment = attachment
        self.caseID = caseID
        self.name = name
        self.mediaType = mediaType
        self.sizeBytes = sizeBytes
        self.path = path
    }
}
