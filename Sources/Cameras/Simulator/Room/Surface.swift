/// What the large flat things of a kitchen are covered with. Textures are drawn in metres, from a face's lower left corner.
enum Surface: Sendable {
    case paint(Vector)
    /// Glazed tiles with grout.
    case wallTiles
    case floorTiles(Vector)
    case steel
    /// Steel with doors side by side, or drawers on top of each other.
    case steelDoors(columns: Int, rows: Int)
    /// A front with a row of control knobs.
    case stoveFront
    case extractorFilters
    /// A chopping board or another plain thing.
    case plastic(Vector)
    case wood
    /// A crate with slots in its sides.
    case crate(Vector)
    case poster(Vector)
    case windowPane
    /// A glass door with lit shelves of bowls behind it.
    case disinfectionCabinet
    case drainGrate
    case water
    case lamp

    struct Texel {
        var albedo: Vector
        var emission = Vector.zero
        /// Share of what it shows that is a mirror image, 0…1.
        var mirror: Float = 0
        /// How far the mirror image is smeared, as a slope.
        var roughness: Float = 0
    }

    /// - Parameters:
    ///   - u: Metres from the face's corner.
    ///   - size: The face's extent in metres.
    func texel(_ u: Float, _ v: Float, size: SIMD2<Float>, day: Float) -> Texel {
        switch self {
        case .paint(let colour):
            return Texel(albedo: colour * (0.97 + 0.03 * Grain.cloud(u * 3, v * 3)))
        case .wallTiles: return wallTile(u, v)
        case .floorTiles(let colour): return floorTile(u, v, colour)
        case .steel: return steel(u, v)
        case .steelDoors(let columns, let rows): return steelDoor(u, v, size, columns, rows)
        case .stoveFront: return stoveFront(u, v, size)
        case .extractorFilters:
            var texel = steel(u, v)
            texel.albedo *= 0.5 + 0.5 * Grain.stripe(u, period: 0.05, share: 0.6)
            return texel
        case .plastic(let colour):
            return Texel(albedo: colour * (0.94 + 0.06 * Grain.cloud(u * 9, v * 9)), mirror: 0.03, roughness: 0.3)
        case .wood:
            let grain = Grain.cloud(u * 2, v * 40)
            return Texel(albedo: Vector(0.42, 0.25, 0.12) * (0.75 + 0.4 * grain))
        case .crate(let colour): return crate(u, v, size, colour)
        case .poster(let colour): return poster(u, v, size, colour)
        case .windowPane: return windowPane(u, v, size, day)
        case .disinfectionCabinet: return disinfectionCabinet(u, v, size)
        case .drainGrate:
            let slot = Grain.stripe(u, period: 0.04, share: 0.5)
            return Texel(albedo: Vector(repeating: 0.03 + 0.22 * slot))
        case .water:
            let ripple = Grain.cloud(u * 14, v * 14)
            return Texel(albedo: Vector(0.34, 0.42, 0.44) * (0.8 + 0.3 * ripple), mirror: 0.3, roughness: 0.12)
        case .lamp: return Texel(albedo: .zero, emission: Vector(repeating: 6))
        }
    }

    private func wallTile(_ u: Float, _ v: Float) -> Texel {
        let width: Float = 0.3
        let height: Float = 0.2
        let column = (u / width).rounded(.down)
        let row = (v / height).rounded(.down)
        let fromEdge = min(u - column * width, (column + 1) * width - u, v - row * height, (row + 1) * height - v)
        if fromEdge < 0.004 { return Texel(albedo: [0.44, 0.44, 0.42]) }
        let shade = 0.95 + 0.05 * Grain.speck(Int(column), Int(row))
        return Texel(albedo: Vector(0.76, 0.78, 0.77) * shade, mirror: 0.05, roughness: 0.08)
    }

    private func floorTile(_ u: Float, _ v: Float, _ colour: Vector) -> Texel {
        let edge: Float = 0.3
        let column = (u / edge).rounded(.down)
        let row = (v / edge).rounded(.down)
        let fromEdge = min(u - column * edge, (column + 1) * edge - u, v - row * edge, (row + 1) * edge - v)
        let wear = 0.82 + 0.3 * Grain.cloud(u * 1.3, v * 1.3)
        if fromEdge < 0.006 { return Texel(albedo: colour * (0.42 * wear), mirror: 0.02, roughness: 0.2) }
        let shade = 0.88 + 0.24 * Grain.speck(Int(column) + 17, Int(row))
        return Texel(albedo: colour * (shade * wear), mirror: 0.07, roughness: 0.05)
    }

    private func steel(_ u: Float, _ v: Float) -> Texel {
        let brushed = Grain.cloud(u * 2.5, v * 60)
        return Texel(albedo: Vector(0.50, 0.51, 0.53) * (0.86 + 0.2 * brushed), mirror: 0.5, roughness: 0.11)
    }

    private func steelDoor(_ u: Float, _ v: Float, _ size: SIMD2<Float>, _ columns: Int, _ rows: Int) -> Texel {
        let width = size.x / Float(columns)
        let height = size.y / Float(rows)
        let x = u - (u / width).rounded(.down) * width
        let y = v - (v / height).rounded(.down) * height
        var texel = steel(u, v)
        if min(x, width - x, y, height - y) < 0.012 { texel = Texel(albedo: Vector(repeating: 0.09)) }
        // A bar handle beside the seam.
        let isHandle = abs(x - width * 0.88) < 0.014 && y > height * 0.3 && y < height * 0.7
        if isHandle { texel = Texel(albedo: Vector(repeating: 0.16), mirror: 0.25, roughness: 0.2) }
        return texel
    }

    private func stoveFront(_ u: Float, _ v: Float, _ size: SIMD2<Float>) -> Texel {
        let spacing: Float = 0.36
        let x = u - (u / spacing).rounded(.down) * spacing - spacing / 2
        let y = v - size.y * 0.74
        let distance = (x * x + y * y).squareRoot()
        if distance < 0.035 { return Texel(albedo: [0.04, 0.04, 0.045], mirror: 0.1, roughness: 0.2) }
        if distance < 0.048 { return Texel(albedo: [0.36, 0.05, 0.04]) }
        var texel = steel(u, v)
        if v < 0.12 { texel.albedo *= 0.35 }
        return texel
    }

    private func crate(_ u: Float, _ v: Float, _ size: SIMD2<Float>, _ colour: Vector) -> Texel {
        let x = u - (u / 0.06).rounded(.down) * 0.06
        let y = v - (v / 0.075).rounded(.down) * 0.075
        let isRim = min(u, size.x - u) < 0.03 || min(v, size.y - v) < 0.03
        let isSlot = !isRim && x > 0.02 && y > 0.018 && y < 0.06
        return Texel(albedo: isSlot ? colour * 0.22 : colour, mirror: 0.02, roughness: 0.3)
    }

    private func poster(_ u: Float, _ v: Float, _ size: SIMD2<Float>, _ colour: Vector) -> Texel {
        let header = size.y * 0.80
        if min(u, size.x - u, v, size.y - v) < 0.015 { return Texel(albedo: Vector(repeating: 0.5)) }
        if v > header {
            let isTitle = abs(v - (header + size.y) / 2) < size.y * 0.045 && abs(u - size.x / 2) < size.x * 0.28
            return Texel(
                albedo: isTitle && Grain.stripe(u, period: 0.06, share: 0.75) > 0.5 ? [0.9, 0.9, 0.88] : colour)
        }
        // Lines of writing, too small to read.
        let line = Int(v / 0.045)
        let length = size.x * (0.62 + 0.24 * Grain.speck(line, 5))
        let isLine = v - Float(line) * 0.045 > 0.028 && u > size.x * 0.09 && u < length && v > size.y * 0.07
        let word = Grain.speck(Int(u / 0.022), line + 40)
        return Texel(albedo: isLine && word > -0.5 ? [0.22, 0.24, 0.30] : [0.80, 0.81, 0.79])
    }

    private func windowPane(_ u: Float, _ v: Float, _ size: SIMD2<Float>, _ day: Float) -> Texel {
        let fromEdge = min(u, size.x - u, v, size.y - v)
        let fromBar = min(abs(u - size.x / 2), abs(v - size.y * 0.68))
        if fromEdge < 0.05 || fromBar < 0.022 { return Texel(albedo: [0.72, 0.73, 0.74]) }
        let height = v / size.y
        let sky = mix(Vector(0.78, 0.86, 0.95), Vector(0.52, 0.72, 0.98), height)
        let treeTop = 0.34 + 0.16 * Grain.cloud(u * 4 + 3, 1)
        let leaves = Vector(0.10, 0.20, 0.07) * (0.6 + 0.9 * Grain.cloud(u * 11, v * 11))
        let outside = mix(leaves, sky * 1.6, smoothstep(treeTop - 0.03, treeTop + 0.04, height))
        return Texel(albedo: Vector(repeating: 0.02), emission: outside * day, mirror: 0.06, roughness: 0.01)
    }

    private func disinfectionCabinet(_ u: Float, _ v: Float, _ size: SIMD2<Float>) -> Texel {
        let middle = size.x / 2
        let x = u < middle ? u : u - middle
        let fromEdge = min(x, middle - x, v - 0.1, size.y - v)
        if v < 0.1 || fromEdge < 0.045 {
            if abs(x - middle * 0.93) < 0.012, v > size.y * 0.4, v < size.y * 0.62 {
                return Texel(albedo: [0.1, 0.1, 0.1])
            }
            return steel(u, v)
        }
        let shelf = (v - 0.1) / 0.24
        let above = (shelf - shelf.rounded(.down)) * 0.24
        if above < 0.015 { return Texel(albedo: [0.3, 0.31, 0.33], emission: [0.02, 0.03, 0.06]) }
        // Rows of bowls, rim to rim.
        let bowl = (x - 0.045) / 0.12
        let across = (bowl - bowl.rounded(.down) - 0.5) * 2.25
        let level = (above - 0.015) / 0.10
        let isBowl = level > 0 && level < 1 && across * across < 0.25 + 0.75 * level
        let glow = Vector(0.10, 0.16, 0.48) * (0.5 + 0.5 * smoothstep(0.24, 0.05, above))
        return Texel(
            albedo: isBowl ? [0.42, 0.45, 0.5] : [0.02, 0.03, 0.05], emission: isBowl ? glow * 1.2 : glow * 0.6,
            mirror: 0.07, roughness: 0.01)
    }
}
