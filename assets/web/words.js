// What the page itself says, before the game is there to speak. Chinese for Chinese systems, else English.
export const language = /^(zh|cmn|yue)\b/i.test(navigator.language || "zh") ? "zh" : "en";

const words = {
  zh: {
    steps: { fetch: "取来文字与工具", core: "启动核心", library: "装入标准库", pygame: "备好画笔（pygame）", game: "打开游戏" },
    retry: "重试",
    details: "细节",
    done: "好",
    cancel: "取消",
    choose: "选文件",
    chooseFrom: "请选一个文件。",
    file: "文件",
    failures: {
      old: ["这个浏览器太旧了", "识契需要较新的浏览器（WebAssembly）。请更新它，或换 Chrome、Edge、Firefox、Safari 的新版本再打开。"],
      storage: [
        "浏览器不让保存进度",
        "可能开了无痕模式，或者关掉了网站数据。可以换普通窗口重试；也可以先玩，只是关掉这一页，学过的就不留了。",
        "不保存，先玩",
      ],
      missing: ["少了一个文件", "服务器上取不到下面这个文件。请过一会儿重试；如果一直这样，请告诉管理员。"],
      network: ["网断了", "取下面这个文件时断了线。请看看网络，再重试。"],
      memory: ["内存不够了", "请关掉别的网页和程序，再重试。保存过的进度还在。"],
      error: ["打开时出了错", "请重试。如果一直这样，请把下面的细节告诉管理员。"],
      crash: ["游戏出了错，停下了", "到刚才为止的进度都还在，没有丢。重试就能接着玩。"],
      lost: ["游戏出了错，停下了", "这一次是不保存的玩法，学过的没有留下。重试会重新开始。"],
      moved: ["识契在另一个窗口里打开了", "进度只能在一个窗口里写，免得写乱。要在这里接着玩，请按重试。"],
    },
  },
  en: {
    steps: {
      fetch: "Fetching words and tools",
      core: "Starting the core",
      library: "Loading the library",
      pygame: "Readying the brush (pygame)",
      game: "Opening the game",
    },
    retry: "Try again",
    details: "Details",
    done: "OK",
    cancel: "Cancel",
    choose: "Choose a file",
    chooseFrom: "Please choose a file.",
    file: "File",
    failures: {
      old: [
        "This browser is too old",
        "Shiqi needs a newer browser (WebAssembly). Please update it, or open this page in a current Chrome, Edge, Firefox or Safari.",
      ],
      storage: [
        "The browser will not keep progress",
        "It may be a private window, or site data may be switched off. Try again in an ordinary window; or play now, knowing that nothing stays once this page is closed.",
        "Play without saving",
      ],
      missing: ["A file is missing", "The server does not have the file named below. Please try again later; if it stays so, tell whoever runs this site."],
      network: ["The connection is gone", "It broke while fetching the file named below. Please check the network and try again."],
      memory: ["Not enough memory", "Please close other pages and programs, then try again. Saved progress is kept."],
      error: ["Something went wrong while opening", "Please try again. If it stays so, tell whoever runs this site the details below."],
      crash: ["The game hit an error and stopped", "Everything up to this moment is kept. Try again to go on from here."],
      lost: ["The game hit an error and stopped", "You were playing without saving, so nothing was kept. Trying again starts afresh."],
      moved: ["Shiqi is open in another window", "Progress is written from one window only, so that it stays in order. To go on here, try again."],
    },
  },
}[language];

export default words;
