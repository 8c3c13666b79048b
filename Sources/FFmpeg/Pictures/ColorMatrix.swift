import CFFmpeg

/// How a picture's Y, U and V are made of red, green and blue: the recommendation of the ITU that says so.
public enum ColorMatrix: Sendable, Hashable {
    case bt601
    case bt709
    case bt2020

    /// Cameras seldom say which matrix they use; players take BT.709 for 720 lines and more, and so do we.
    init(_ told: AVColorSpace, height: Int) {
        switch told {
        case AVCOL_SPC_BT709: self = .bt709
        case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: self = .bt2020
        case AVCOL_SPC_UNSPECIFIED where height >= 720: self = .bt709
        default: self = .bt601
        }
    }
}

extension Picture {
    public var colorMatrix: ColorMatrix { ColorMatrix(frame.pointee.colorspace, height: height) }
}
