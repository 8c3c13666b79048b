extension PictureDescription {
    /// Reads a sequence parameter set (ITU-T H.265 §7.3.2.2.1).
    ///
    /// - Parameter h265SPS: the NAL unit, its two header bytes included.
    public init(h265SPS: [UInt8]) throws(BitstreamError) {
        guard h265SPS.count >= 4 else { throw .truncated("SPS") }
        guard h265SPS[0] >> 1 & 0x3F == 33 else { throw .invalid("NAL unit type of SPS") }
        var reader = BitReader(h265SPS[2...], structure: "SPS")
        try reader.skip(4)
        let subLayers = Int(try reader.bits(3))
        guard subLayers <= 6 else { throw .invalid("sps_max_sub_layers_minus1 in SPS") }
        _ = try reader.bit()
        let profile = try ProfileTierLevel(&reader, subLayers: subLayers)
        _ = try reader.unsigned("sps_seq_parameter_set_id", in: 0...15)
        var sampling = Sampling()
        sampling.chroma = try reader.unsigned("chroma_format_idc", in: 0...3)
        if sampling.chroma == 3 { _ = try reader.bit() }
        var width = try reader.unsigned("pic_width_in_luma_samples", in: 1...16_888)
        var height = try reader.unsigned("pic_height_in_luma_samples", in: 1...16_888)
        if try reader.bit() {
            // Table 6-1.
            let unitX = sampling.chroma == 1 || sampling.chroma == 2 ? 2 : 1
            let unitY = sampling.chroma == 1 ? 2 : 1
            let left = try reader.unsigned("conformance window", in: 0...8192)
            let right = try reader.unsigned("conformance window", in: 0...8192)
            let top = try reader.unsigned("conformance window", in: 0...8192)
            let bottom = try reader.unsigned("conformance window", in: 0...8192)
            width -= (left + right) * unitX
            height -= (top + bottom) * unitY
        }
        sampling.lumaDepth = try reader.unsigned("bit_depth_luma_minus8", in: 0...8)
        sampling.chromaDepth = try reader.unsigned("bit_depth_chroma_minus8", in: 0...8)
        let orderBits = try reader.unsigned("log2_max_pic_order_cnt_lsb_minus4", in: 0...12) + 4
        let isPerLayer = try reader.bit()
        var reordered = 0
        for _ in (isPerLayer ? 0 : subLayers)...subLayers {
            _ = try reader.unsigned("sps_max_dec_pic_buffering_minus1", in: 0...15)
            reordered = try reader.unsigned("sps_max_num_reorder_pics", in: 0...15)
            _ = try reader.unsigned()
        }
        // What stands behind is of no use but for the nominal rate, and cameras write it wrong: then the rate is unknown.
        let framesPerSecond = try? reader.framesPerSecond(orderBits: orderBits)
        try self.init(
            width: width, height: height, framesPerSecond: framesPerSecond, maxReorderedFrames: reordered,
            codecs: profile.codecs, sampling: sampling)
    }
}

/// ITU-T H.265 §7.3.3.
struct ProfileTierLevel {
    /// general_profile_space, _tier_flag, _profile_idc in one byte, as `hvcC` wants them.
    let profile: UInt8
    let compatibility: UInt32
    /// Six bytes: general_progressive_source_flag and what follows.
    let constraints: [UInt8]
    let level: UInt8

    init(_ reader: inout BitReader, subLayers: Int) throws(BitstreamError) {
        profile = UInt8(try reader.bits(8))
        compatibility = try reader.bits(32)
        var bytes: [UInt8] = []
        for _ in 0..<6 { bytes.append(UInt8(try reader.bits(8))) }
        constraints = bytes
        level = UInt8(try reader.bits(8))
        var present: [(profile: Bool, level: Bool)] = []
        for _ in 0..<subLayers { present.append((try reader.bit(), try reader.bit())) }
        if subLayers > 0 { try reader.skip(2 * (8 - subLayers)) }
        for layer in present {
            if layer.profile { try reader.skip(88) }
            if layer.level { try reader.skip(8) }
        }
    }

    /// ISO/IEC 14496-15 Annex E.3.
    var codecs: String {
        let space = ["", "A", "B", "C"][Int(profile >> 6)]
        var reversed: UInt32 = 0
        for bit in 0..<32 { reversed |= (compatibility >> UInt32(bit) & 1) << UInt32(31 - bit) }
        var text = "hvc1.\(space)\(profile & 0x1F).\(hexadecimal(reversed))"
        text += ".\(profile >> 5 & 1 == 1 ? "H" : "L")\(level)"
        let trimmed = constraints.prefix(constraints.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0)
        return trimmed.reduce(text) { $0 + "." + hexadecimal($1) }
    }
}
