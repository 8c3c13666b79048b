/// How somebody looks on one visit.
struct Outfit {
    var wearsHat: Bool
    var wearsMask: Bool
    var hat: Hat
    var skin: Material
    var hair: Material
    var jacket: Material
    var apron: Material?
    var trousers: Material
    var shoes: Material
    var mask: Material
    var glove: Material?
    /// 1 = 1.70 m tall.
    var scale: Float
    /// 1 = slim.
    var girth: Float

    enum Hat {
        /// High and pleated.
        case toque
        /// Low and soft.
        case cap
    }

    /// - Parameters:
    ///   - person: Dice that stay the same for as long as the scene runs: build and face.
    ///   - visit: Dice of this visit: what was put on.
    init(person: Dice, visit: Dice, _ parameters: SceneParameters) {
        wearsHat = visit.with(1).unit >= parameters.bareheads
        wearsMask = visit.with(2).unit >= parameters.maskless
        func choice(_ key: Int, _ materials: [Material]) -> Material {
            materials[person.with(key).index(below: materials.count)]
        }
        hat = person.with(3).unit < 0.45 ? .toque : .cap
        skin = choice(4, [.skin, .paleSkin, .tanSkin])
        hair = choice(5, [.hair, .hair, .hair, .greyHair])
        jacket = choice(6, [.jacketWhite, .jacketWhite, .jacketCream])
        apron = person.with(7).unit < 0.85 ? choice(8, [.apronBlue, .apronWine, .apronBlack, .apronWhite]) : nil
        trousers = choice(9, [.trousersBlack, .trousersGrey])
        shoes = choice(10, [.shoes, .boots, .shoes])
        mask = choice(11, [.maskBlue, .maskBlue, .maskWhite])
        glove = visit.with(12).unit < 0.4 ? .glove : nil
        scale = person.with(13).between(0.93, 1.04)
        girth = person.with(14).between(0.95, 1.2)
    }
}
