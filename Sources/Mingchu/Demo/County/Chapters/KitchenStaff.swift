import Domain

/// Who works in a school's kitchen: the same people in papers, health checks and consents. (从业人员)
enum KitchenStaff {
    private static let surnames = ["王", "李", "张", "刘", "陈", "杨", "吴", "徐", "孙", "马", "何", "郭", "罗", "梁", "宋", "唐"]
    private static let given = ["桂兰", "秀英", "国庆", "玉梅", "建平", "丽华", "德明", "红霞", "志国", "春燕", "长生", "美玲"]

    /// - Parameter school: Its place in the county's list.
    static func names(at school: Int) -> [String] {
        (0..<4 + school % 3).map { index in
            surnames[(school * 5 + index * 3) % surnames.count] + given[(school * 7 + index * 5) % given.count]
        }
    }

    static func manager(of school: Int) -> String { names(at: school)[0] }
}
