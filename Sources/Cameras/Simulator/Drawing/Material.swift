/// What the small things and the people are made of; the large flat things have a ``Surface``.
enum Material: UInt8, CaseIterable {
    case skin = 1, paleSkin, tanSkin, hair, greyHair, eye, lips
    case hatWhite, maskBlue, maskWhite, jacketWhite, jacketCream, apronBlue, apronWine, apronBlack, apronWhite
    case trousersBlack, trousersGrey, boots, shoes, glove
    case phoneCase, phoneScreen
    case steel, darkSteel, iron, knifeHandle, porcelain, blueRim, wood
    case cabbage, leaf, carrot, tomato, potato, aubergine, meat, rice, broth, chilli, egg
    case redPlastic, bluePlastic, greenPlastic, yellowPlastic, greyPlastic
    case ratFur, ratTail

    /// Linear red, green, blue, 0…1.
    var colour: Vector {
        switch self {
        case .skin: [0.60, 0.37, 0.25]
        case .paleSkin: [0.68, 0.46, 0.34]
        case .tanSkin: [0.47, 0.28, 0.18]
        case .hair: [0.018, 0.016, 0.016]
        case .greyHair: [0.16, 0.16, 0.16]
        case .eye: [0.02, 0.018, 0.018]
        case .lips: [0.36, 0.13, 0.11]
        case .hatWhite: [0.84, 0.85, 0.86]
        case .maskBlue: [0.30, 0.55, 0.78]
        case .maskWhite: [0.84, 0.87, 0.90]
        case .jacketWhite: [0.70, 0.71, 0.73]
        case .jacketCream: [0.70, 0.68, 0.62]
        case .apronBlue: [0.06, 0.12, 0.30]
        case .apronWine: [0.30, 0.05, 0.07]
        case .apronBlack: [0.04, 0.04, 0.05]
        case .apronWhite: [0.74, 0.76, 0.78]
        case .trousersBlack: [0.035, 0.035, 0.045]
        case .trousersGrey: [0.14, 0.15, 0.17]
        case .boots: [0.70, 0.71, 0.72]
        case .shoes: [0.03, 0.03, 0.03]
        case .glove: [0.32, 0.52, 0.72]
        case .phoneCase: [0.02, 0.02, 0.025]
        case .phoneScreen: [0.75, 0.88, 1.0]
        case .steel: [0.55, 0.56, 0.58]
        case .darkSteel: [0.26, 0.27, 0.28]
        case .iron: [0.045, 0.045, 0.048]
        case .knifeHandle: [0.05, 0.04, 0.04]
        case .porcelain: [0.84, 0.84, 0.81]
        case .blueRim: [0.16, 0.26, 0.52]
        case .wood: [0.45, 0.28, 0.13]
        case .cabbage: [0.55, 0.68, 0.36]
        case .leaf: [0.10, 0.32, 0.06]
        case .carrot: [0.85, 0.26, 0.03]
        case .tomato: [0.70, 0.05, 0.03]
        case .potato: [0.50, 0.36, 0.17]
        case .aubergine: [0.11, 0.035, 0.13]
        case .meat: [0.55, 0.16, 0.14]
        case .rice: [0.86, 0.84, 0.78]
        case .broth: [0.42, 0.20, 0.06]
        case .chilli: [0.50, 0.06, 0.02]
        case .egg: [0.85, 0.62, 0.16]
        case .redPlastic: [0.62, 0.05, 0.05]
        case .bluePlastic: [0.06, 0.20, 0.55]
        case .greenPlastic: [0.05, 0.36, 0.17]
        case .yellowPlastic: [0.80, 0.56, 0.06]
        case .greyPlastic: [0.24, 0.25, 0.26]
        case .ratFur: [0.055, 0.042, 0.034]
        case .ratTail: [0.20, 0.12, 0.10]
        }
    }

    /// How much of its brightness is a highlight rather than its own colour, 0…1.
    var shine: Float {
        switch self {
        case .steel: 0.55
        case .darkSteel: 0.35
        case .iron, .aubergine, .tomato: 0.12
        case .porcelain, .blueRim: 0.2
        case .phoneScreen: 0
        default: 0.03
        }
    }
}

/// What a raster's tag says of a sample of a mesh.
struct MeshTag {
    /// The parts that ground truth tells apart.
    enum Part: UInt16 {
        case body = 0
        case head
        case phone
    }

    static func make(_ material: Material, _ part: Part) -> UInt16 { UInt16(material.rawValue) | part.rawValue << 8 }
    static func part(_ tag: UInt16) -> Int { Int(tag >> 8) }
    static func material(_ tag: UInt16) -> Int { Int(tag & 0xFF) }
}
