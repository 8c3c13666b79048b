/** Words that a county keeps: a button puts them where the act's own words are typed. Without this they can be copied. */
for (const list of document.querySelectorAll("[data-phrases]")) {
    const field = list.closest("form").querySelector("textarea[name=text]");
    for (const phrase of list.querySelectorAll("[data-phrase]")) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "phrase";
        button.textContent = phrase.textContent;
        button.addEventListener("click", () => {
            const before = field.value.trimEnd();
            field.value = before === "" ? phrase.textContent : `${before}\n${phrase.textContent}`;
            list.open = false;
            field.focus();
        });
        phrase.replaceWith(button);
    }
}
