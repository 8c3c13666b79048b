/// What a label of somebody's pictures means for us.
enum LabelMeaning: Hashable {
    /// A thing that the detector finds.
    case thing(Kind)
    /// A head of which something is known.
    case head(hat: Bool?, mask: Bool?)
    /// Looks like a phone, and is none.
    case notPhone
    /// Neither right nor wrong: what is found there is not counted.
    case ignored

    enum Kind: String, CaseIterable {
        case person
        case head
        case phone
        case rodent
        case insect
    }

    /// nil for a label that we don't know.
    init?(_ label: String) {
        switch label.lowercased() {
        case "person", "people": self = .thing(.person)
        case "head": self = .thing(.head)
        case "head_hat", "hat": self = .head(hat: true, mask: nil)
        case "head_bare", "bare", "no_hat": self = .head(hat: false, mask: nil)
        case "mask": self = .head(hat: nil, mask: true)
        case "no_mask": self = .head(hat: nil, mask: false)
        // Worn under the nose: people don't agree either.
        case "mask_incorrect", "head_ignore", "ignore", "phone_lying": self = .ignored
        case "phone": self = .thing(.phone)
        case "not_phone", "not_phone_object": self = .notPhone
        case "rodent", "rat", "mouse": self = .thing(.rodent)
        case "insect", "fly", "cockroach", "other_insect": self = .thing(.insect)
        default: return nil
        }
    }
}
