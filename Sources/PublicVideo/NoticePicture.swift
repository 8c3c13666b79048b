import Documents
import FFmpeg

/// What is shown instead of a picture that may not be seen. (提示画面)
final class NoticePicture {
    enum Kind: String, CaseIterable {
        /// The first pictures are still held back.
        case starting
        /// It could not be made sure that everybody is covered.
        case covered
        /// The camera gives no picture.
        case lost

        /// Chinese first, as on every public page.
        var words: String {
            switch self {
            case .starting: "画面延时播出，马上就来\nThe picture is delayed and will be here in a moment"
            case .covered: "为保护个人信息，画面暂停显示\nPaused to protect people's privacy"
            case .lost: "暂时没有画面\nNo picture at the moment"
            }
        }
    }

    private(set) var picture: Picture

    init(_ kind: Kind) throws {
        picture = try Picture.blank(width: PublicScreenSettings.width, height: PublicScreenSettings.height)
        Ink.fill(&picture, luma: 40)
        let letters = try Lettering(kind.words, size: 22, width: PublicScreenSettings.width - 40, isCentred: true)
        Ink.write(
            letters, on: &picture, left: (picture.width - letters.width) / 2, top: (picture.height - letters.height) / 2
        )
    }
}
