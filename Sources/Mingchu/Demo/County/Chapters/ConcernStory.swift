import Domain

/// What people report, and what it comes to.
struct ConcernStory {
    enum End {
        case answered
        case asked(question: String, reply: String)
        case `case`(matter: String, Grade)
        case rejected(String)
    }

    var text: String
    var answer: String
    var end = End.answered

    static let all = [
        ConcernStory(
            text: "孩子说今天中午的青菜里吃到一根头发，希望学校注意打饭阿姨戴好帽子。",
            answer: "已调取当日备餐时段录像，发现一名工作人员帽檐外露发，学校已批评教育并更换一次性发帽，感谢监督。",
            end: .case(matter: "备餐人员发帽佩戴不规范", .two)),
        ConcernStory(
            text: "最近几天孩子都说饭菜送到教室已经凉了，冬天吃凉的容易拉肚子。",
            answer: "经核实，送餐车保温层破损，学校已更换保温箱，并调整了各年级取餐顺序。"),
        ConcernStory(
            text: "直播画面这两天中午看不到，是不是关了？", answer: "直播只在公示时段开放，前日因设备检修短时中断，现已恢复。"),
        ConcernStory(
            text: "食堂后门经常敞开，没有纱帘，担心苍蝇飞进去。", answer: "现场查看属实，学校已加装防蝇帘，检查人员复查通过。",
            end: .case(matter: "后门未设置防蝇设施", .three)),
        ConcernStory(
            text: "想了解一下学校用的是什么油，菜单上没写。", answer: "学校使用桶装非转基因大豆油，品牌和检验报告已在食堂公示栏公布。"),
        ConcernStory(
            text: "孩子回家肚子疼，不知道是不是学校的饭有问题。",
            answer: "已与学校、卫健部门核实，当日同班无类似症状，留样检测合格。孩子如仍不适请及时就医并与我们联系。",
            end: .asked(question: "请问孩子是哪个年级，哪天开始不舒服，有没有就医？", reply: "三年级，昨天晚上开始，去了卫生院，说是受凉。")),
        ConcernStory(
            text: "餐盘有时候洗不干净，边上油油的。", answer: "已检查洗消区，洗碗机喷淋头堵塞，已清理并加做人工复检。",
            end: .case(matter: "餐用具清洗消毒不彻底", .two)),
        ConcernStory(
            text: "建议食谱里多一点鱼和牛奶。", answer: "建议已转学校膳食委员会，下月食谱增加每周一次鱼类。谢谢！"),
        ConcernStory(
            text: "我家楼下的小吃店油烟很大，什么时候来管一管？", answer: "",
            end: .rejected("反映的是校外餐饮店，不属于学校食堂，请拨打 12345 或向所在地监管所反映。")),
        ConcernStory(
            text: "打饭的师傅有时候不戴口罩，直播里看到过两次。", answer: "已核实录像，情况属实，已要求学校整改，并列入重点巡查。",
            end: .case(matter: "备餐人员未戴口罩", .two)),
        ConcernStory(
            text: "学校门口公示的健康证好像过期了，麻烦核实。", answer: "经核实，公示牌未及时更换，证件均在有效期内，已要求学校当日更新。"),
        ConcernStory(
            text: "孩子对鸡蛋过敏，能不能在菜单上标出来？", answer: "学校已在每周食谱的菜名后标注主要食材，过敏学生可向班主任登记，由食堂单独备餐。"),
        ConcernStory(
            text: "测试一下能不能用", answer: "", end: .rejected("未说明具体情况，如有食品安全问题欢迎再次反映。")),
    ]
}
