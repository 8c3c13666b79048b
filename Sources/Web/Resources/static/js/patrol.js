// 今日巡查 by keys: j and k move, l opens the live pictures, v says that nothing was found.

const list = document.querySelector("[data-patrol]");
const items = list ? [...list.children] : [];

function current() {
    return items.findIndex((item) => item.contains(document.activeElement));
}

function move(step) {
    const next = Math.min(items.length - 1, Math.max(0, current() + step));
    items[next]?.focus();
    items[next]?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const item = items[Math.max(0, current())];
    switch (event.key) {
    case "j": move(1); break;
    case "k": move(-1); break;
    case "l": item?.querySelector("[data-live]").click(); break;
    case "v": if (current() >= 0) item.querySelector("[data-looked]").form.requestSubmit(); break;
    default: return;
    }
    event.preventDefault();
});
