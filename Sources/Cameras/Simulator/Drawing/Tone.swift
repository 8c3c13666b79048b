/// From light to the numbers of a video signal (ITU-R BT.709 primaries and matrix, video range).
enum Tone {
    /// A camera's curve: a square root, and a shoulder so that lamps and steel don't turn into flat white.
    @inline(__always)
    static func curve(_ light: Float) -> Float {
        let light = max(light, 0)
        return min((light * (1 + light * 0.12) / (0.86 + light * 0.42)).squareRoot() * 0.98, 1)
    }

    @inline(__always)
    static func luma(_ light: Float) -> Float { 16 + 219 * curve(light) }

    /// Y 16…235, U and V 16…240.
    @inline(__always)
    static func signal(_ colour: Vector) -> Vector {
        let r = curve(colour.x)
        let g = curve(colour.y)
        let b = curve(colour.z)
        let y = 0.2126 * r + 0.7152 * g + 0.0722 * b
        return Vector(16 + 219 * y, 128 + 224 * (b - y) / 1.8556, 128 + 224 * (r - y) / 1.5748)
    }

    static func brightness(of colour: Vector) -> Float { colour.dot([0.2126, 0.7152, 0.0722]) }
}

/// What drawing needs of each material, looked up by its number.
struct Palette: Sendable {
    /// Linear, 0…1.
    private(set) var brightness: [Float]
    private(set) var shine: [Float]
    private(set) var u: [UInt8]
    private(set) var v: [UInt8]

    /// - Parameter isColour: False for a camera that has switched to infrared.
    init(isColour: Bool) {
        let count = Int(Material.allCases.map(\.rawValue).max()!) + 1
        brightness = Array(repeating: 0, count: count)
        shine = Array(repeating: 0, count: count)
        u = Array(repeating: 128, count: count)
        v = Array(repeating: 128, count: count)
        for material in Material.allCases {
            let index = Int(material.rawValue)
            brightness[index] = Tone.brightness(of: material.colour)
            shine[index] = material.shine
            guard isColour else { continue }
            let signal = Tone.signal(material.colour * 0.85)
            u[index] = UInt8(signal.y.rounded())
            v[index] = UInt8(signal.z.rounded())
        }
    }
}
