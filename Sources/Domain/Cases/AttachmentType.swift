/// What a file is, as its first bytes say: a name or a browser's word for it can be wrong, or a lie.
public enum AttachmentType: String, Hashable, Sendable, CaseIterable {
    case jpeg = "image/jpeg"
    case png = "image/png"
    case webP = "image/webp"
    /// What iPhones make unless told otherwise; not every browser shows it.
    case heif = "image/heic"
    case mp4 = "video/mp4"
    case quickTime = "video/quicktime"
    case webM = "video/webm"
    case pdf = "application/pdf"

    /// How many bytes are enough to tell.
    public static let neededBytes = 32

    /// - Parameter head: The first ``neededBytes`` bytes, or all when there are fewer.
    /// - Returns: nil = nothing that is taken in.
    public init?(head: [UInt8]) {
        func begins(_ bytes: [UInt8], at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: bytes) }
        func begins(_ text: String, at offset: Int = 0) -> Bool { begins(Array(text.utf8), at: offset) }
        if begins([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if begins("RIFF"), begins("WEBP", at: 8) {
            self = .webP
        } else if begins("%PDF-") {
            self = .pdf
        } else if begins([0x1A, 0x45, 0xDF, 0xA3]) {
            self = .webM
        } else if begins("ftyp", at: 4) {
            // ISO/IEC 14496-12 §4.3: the major brand.
            switch String(decoding: head.dropFirst(8).prefix(4), as: UTF8.self) {
            case "heic", "heix", "hevc", "mif1", "msf1": self = .heif
            case "qt  ": self = .quickTime
            case "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "3gp4", "3gp5", "3gp6", "M4V ",
                "MSNV", "dash":
                self = .mp4
            default: return nil
            }
        } else {
            return nil
        }
    }

    public var kind: Attachment.Kind {
        switch self {
        case .jpeg, .png, .webP, .heif: .photo
        case .mp4, .quickTime, .webM: .video
        case .pdf: .document
        }
    }

    public var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .png: "png"
        case .webP: "webp"
        case .heif: "heic"
        case .mp4: "mp4"
        case .quickTime: "mov"
        case .webM: "webm"
        case .pdf: "pdf"
        }
    }
}
