/** Shapes on a 24 × 24 grid, drawn in the text's colour. */
const shapes = {
    play: "M7 4v16l13-8z",
    pause: "M6 4h4v16H6zM14 4h4v16h-4z",
    stepBack: "M17 5v14L8 12zM5 5h2v14H5z",
    stepForward: "M7 5v14l9-7zM17 5h2v14h-2z",
    fullScreen: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
    leaveFullScreen: "M8 4h2v6H4V8h4zM14 4h2v4h4v2h-6zM4 14h6v6H8v-4H4zM14 14h6v2h-4v4h-2z",
    snapshot: "M9 4l-2 3H3v13h18V7h-4l-2-3zM12 9a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM12 11a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
    soundOn: "M4 9v6h4l5 4V5L8 9zM15 9.5v5a3 3 0 0 0 0-5zM15 5v2a5.5 5.5 0 0 1 0 10v2a7.5 7.5 0 0 0 0-14z",
    soundOff: "M4 9v6h4l5 4V5L8 9zM15 8.4L16.4 7 19 9.6 21.6 7 23 8.4 20.4 11 23 13.6 21.6 15 19 12.4 16.4 15 15 13.6 17.6 11z",
    offline: "M3 4.4L4.4 3 21 19.6 19.6 21l-4-4H3V7h2.6zM9.8 7H17v3.5l4-2.5v10z",
    warning: "M12 3l10 18H2zM11 9v6h2V9zM11 16.5v2h2v-2z",
    disabled: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM7 11h10v2H7z",
    previous: "M15 5l-7 7 7 7 1.5-1.5L11 12l5.5-5.5z",
    next: "M9 5l7 7-7 7-1.5-1.5L13 12 7.5 6.5z",
    rotate: "M12 4a8 8 0 0 1 7.7 6H22l-3.5 4.5L15 10h2.6A6 6 0 0 0 6.7 9.2L5 8.1A8 8 0 0 1 12 4zM5.5 9.5L9 14H6.4a6 6 0 0 0 10.9.8l1.7 1.1A8 8 0 0 1 4.3 14H2z",
    help: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM11 16h2v2h-2zM12 6a3.8 3.8 0 0 1 2.2 6.9c-.8.6-1.2 1-1.2 2.1h-2c0-2 .8-2.8 1.9-3.6A1.9 1.9 0 1 0 10.1 10h-2A3.9 3.9 0 0 1 12 6z",
    calendar: "M7 2h2v2h6V2h2v2h4v17H3V4h4zM5 9v10h14V9zM7 11h3v3H7zM12 11h3v3h-3z",
    download: "M11 3h2v9l3-3 1.4 1.4L12 15.8l-5.4-5.4L8 9l3 3zM4 18h16v2H4z",
    close: "M5 6.4L6.4 5 12 10.6 17.6 5 19 6.4 13.4 12 19 17.6 17.6 19 12 13.4 6.4 19 5 17.6 10.6 12z",
    live: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
};

export function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", "player-icon");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", shapes[name]);
    path.setAttribute("fill-rule", "evenodd");
    svg.append(path);
    return svg;
}
