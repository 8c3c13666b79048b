/// From 1 August to 31 July: by then the pupils of a class have another class. (学年)
public enum SchoolYear {
    /// The last day of the school year in which a day lies.
    public static func lastDay(of day: Day) -> Day {
        let year = Int(day.description.prefix { $0 != "-" }) ?? 0
        let end = Day("\(year)-07-31")!
        return day <= end ? end : Day("\(year + 1)-07-31")!
    }
}
