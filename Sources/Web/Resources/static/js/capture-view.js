/**
 * The page of one capture: boxes on and off (`b`; kept in the browser), and a fresh page once more is known of a
 * capture that was not complete.
 */
const memory = "captures-boxes";
const view = document.querySelector("[data-capture].evidence");
const box = document.querySelector("[data-boxes]");

function show() {
    document.body.classList.toggle("without-boxes", box?.checked === false);
}

if (box) {
    try {
        box.checked = localStorage.getItem(memory) !== "off";
    } catch {
        // A browser that keeps nothing shows them.
    }
    box.addEventListener("change", () => {
        try {
            localStorage.setItem(memory, box.checked ? "on" : "off");
        } catch {
            // As above.
        }
        show();
    });
    show();
}

document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input:not([type=checkbox]), textarea, select");
    if (!box || event.key !== "b" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    box.click();
});

// A verdict is on its way and the next capture comes: what the verdict itself sets off must not lead back here.
let isLeaving = false;
document.addEventListener("submit", () => { isLeaving = true; });
window.addEventListener("pageshow", () => { isLeaving = false; });

document.addEventListener("camera-capture", ({ detail }) => {
    if (!isLeaving && view && "unfinished" in view.dataset && detail.id === view.dataset.capture) location.reload();
});
