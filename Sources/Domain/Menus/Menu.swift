/// What a canteen serves at a meal. (食谱)
public struct Menu: Hashable, Sendable, Codable {
    public struct Dish: Hashable, Sendable, Codable {
        /// 1…50 characters.
        public var name: String
        /// What is in it, allergens first: 0…200 characters.
        public var ingredients: String

        public init(_ name: String, ingredients: String = "") {
            self.name = name
            self.ingredients = ingredients
        }
    }

    public var day: Day
    public var meal: Meal
    /// 1…20 dishes.
    public var dishes: [Dish]

    public static let mostDishes = 20
    public static let longestName = 50
    public static let longestIngredients = 200

    public init(_ day: Day, _ meal: Meal, _ dishes: [Dish]) {
        self.day = day
        self.meal = meal
        self.dishes = dishes
    }
}

extension Menu.Dish {
    /// Reads a line as people write it: `宫保鸡丁（鸡肉、花生）`, brackets of either script at its end.
    /// - Returns: nil for a line of blanks.
    public init?(line: some StringProtocol) {
        var text = Substring(line)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        guard !text.isEmpty else { return nil }
        guard text.last == "）" || text.last == ")", let open = text.firstIndex(where: { $0 == "（" || $0 == "(" }),
            open > text.startIndex
        else {
            self.init(String(text))
            return
        }
        var name = text[..<open]
        while name.last?.isWhitespace == true { name.removeLast() }
        self.init(String(name), ingredients: String(text[text.index(after: open)...].dropLast()))
    }

    /// As it is read again.
    public var line: String { ingredients.isEmpty ? name : "\(name)（\(ingredients)）" }
}
