extension PictureDescription {
    /// Reads a sequence parameter set (ITU-T H.264 §7.3.2.1.1, VUI: Annex E).
    ///
    /// - Parameter h264SPS: the NAL unit, its header byte included.
    public init(h264SPS: [UInt8]) throws(BitstreamError) {
        guard h264SPS.count >= 4 else { throw .truncated("SPS") }
        guard h264SPS[0] & 0x1F == 7 else { throw .invalid("NAL unit type of SPS") }
        let profile = h264SPS[1]
        var reader = BitReader(h264SPS[4...], structure: "SPS")
        _ = try reader.unsigned("seq_parameter_set_id", in: 0...31)
        var sampling = Sampling()
        if [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135].contains(profile) {
            sampling.chroma = try reader.unsigned("chroma_format_idc", in: 0...3)
            if sampling.chroma == 3 { _ = try reader.bit() }
            sampling.lumaDepth = try reader.unsigned("bit_depth_luma_minus8", in: 0...6)
            sampling.chromaDepth = try reader.unsigned("bit_depth_chroma_minus8", in: 0...6)
            _ = try reader.bit()
            if try reader.bit() { try reader.skipScalingLists(count: sampling.chroma == 3 ? 12 : 8) }
        }
        _ = try reader.unsigned("log2_max_frame_num_minus4", in: 0...12)
        let orderType = try reader.unsigned("pic_order_cnt_type", in: 0...2)
        switch orderType {
        case 0: _ = try reader.unsigned("log2_max_pic_order_cnt_lsb_minus4", in: 0...12)
        case 1:
            _ = try reader.bit()
            _ = try reader.signed()
            _ = try reader.signed()
            for _ in 0..<(try reader.unsigned("num_ref_frames_in_pic_order_cnt_cycle", in: 0...255)) {
                _ = try reader.signed()
            }
        default: break
        }
        let references = try reader.unsigned("max_num_ref_frames", in: 0...16)
        _ = try reader.bit()
        let columns = try reader.unsigned("pic_width_in_mbs_minus1", in: 0...1023) + 1
        let rows = try reader.unsigned("pic_height_in_map_units_minus1", in: 0...1023) + 1
        let isFrameOnly = try reader.bit()
        if !isFrameOnly { _ = try reader.bit() }
        _ = try reader.bit()
        var width = columns * 16
        var height = rows * 16 * (isFrameOnly ? 1 : 2)
        if try reader.bit() {
            // Table 6-1, equations 7-19…7-22. With 4:4:4 it makes no difference whether the planes are coded apart.
            let unitX = sampling.chroma == 1 || sampling.chroma == 2 ? 2 : 1
            let unitY = (sampling.chroma == 1 ? 2 : 1) * (isFrameOnly ? 1 : 2)
            let left = try reader.unsigned("crop", in: 0...8192)
            let right = try reader.unsigned("crop", in: 0...8192)
            let top = try reader.unsigned("crop", in: 0...8192)
            let bottom = try reader.unsigned("crop", in: 0...8192)
            width -= (left + right) * unitX
            height -= (top + bottom) * unitY
        }
        let isIntraOnly = h264SPS[2] & 0x10 != 0 && [44, 86, 100, 110, 122, 244].contains(profile)
        // Baseline has no B pictures, and with order type 2 pictures are shown as they are decoded (§8.2.1.3). Else the
        // standard allows the whole buffer (§E.2.1); encoders hold back less than they refer to: a picture that waits
        // for one shown earlier is its reference, beside one from before.
        var reordered = profile == 66 || orderType == 2 || isIntraOnly ? 0 : max(0, references - 1)
        var framesPerSecond: Double?
        // Cameras write broken VUI: what can't be read there is as if it were not there.
        if try reader.bit(), let usability = try? VideoUsability(&reader) {
            framesPerSecond = usability.framesPerSecond
            reordered = usability.maxReorderedFrames ?? reordered
        }
        let codecs = "avc1." + h264SPS[1...3].map { hexadecimal($0, digits: 2) }.joined()
        try self.init(
            width: width, height: height, framesPerSecond: framesPerSecond, maxReorderedFrames: reordered,
            codecs: codecs, sampling: sampling)
    }
}

/// Video usability information, as far as we use it (ITU-T H.264 §E.1.1).
private struct VideoUsability {
    var framesPerSecond: Double?
    var maxReorderedFrames: Int?

    init(_ reader: inout BitReader) throws(BitstreamError) {
        if try reader.bit(), try reader.bits(8) == 255 { try reader.skip(32) }  // Aspect ratio.
        if try reader.bit() { _ = try reader.bit() }  // Overscan.
        if try reader.bit() {
            try reader.skip(4)
            if try reader.bit() { try reader.skip(24) }
        }
        if try reader.bit() {
            _ = try reader.unsigned()
            _ = try reader.unsigned()
        }
        if try reader.bit() {
            let unit = try reader.bits(32)
            let scale = try reader.bits(32)
            _ = try reader.bit()
            // A tick is a field's (§E.2.1).
            framesPerSecond = nominalRate(scale: scale, unit: unit, picturesPerFrame: 2)
        }
        let hasNALParameters = try reader.bit()
        if hasNALParameters { try reader.skipReferenceDecoder() }
        let hasVCLParameters = try reader.bit()
        if hasVCLParameters { try reader.skipReferenceDecoder() }
        if hasNALParameters || hasVCLParameters { _ = try reader.bit() }
        _ = try reader.bit()
        if try reader.bit() {
            _ = try reader.bit()
            for _ in 0..<4 { _ = try reader.unsigned() }
            maxReorderedFrames = try reader.unsigned("max_num_reorder_frames", in: 0...16)
        }
    }
}

extension BitReader {
    /// §7.3.2.1.1.1
    fileprivate mutating func skipScalingLists(count: Int) throws(BitstreamError) {
        for list in 0..<count {
            guard try bit() else { continue }
            var last = 8
            var next = 8
            for _ in 0..<(list < 6 ? 16 : 64) {
                if next != 0 { next = (last + (try signed()) + 256) % 256 }
                last = next == 0 ? last : next
            }
        }
    }

    /// §E.1.2
    fileprivate mutating func skipReferenceDecoder() throws(BitstreamError) {
        let count = try unsigned("cpb_cnt_minus1", in: 0...31) + 1
        try skip(8)
        for _ in 0..<count {
            _ = try unsigned()
            _ = try unsigned()
            _ = try bit()
        }
        try skip(20)
    }
}
