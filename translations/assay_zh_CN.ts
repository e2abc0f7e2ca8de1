<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Action</name>
    <message>
        <source>Open a Model...</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Opens the folder of a model</source>
        <translation>打开模型所在的文件夹</translation>
    </message>
    <message>
        <source>Open the Sample Family</source>
        <translation>打开示例模型族</translation>
    </message>
    <message>
        <source>Opens the three small models that come with Assay</source>
        <translation>打开 Assay 自带的三个小模型</translation>
    </message>
    <message>
        <source>Reopen the Closed Subject</source>
        <translation>重新打开已关闭的被测对象</translation>
    </message>
    <message>
        <source>Brings back the subject that was closed last</source>
        <translation>恢复最近关闭的被测对象</translation>
    </message>
    <message>
        <source>Settings...</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Language, colours, worker, session</source>
        <translation>语言、配色、工作进程、会话</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Closes the window; running jobs are cancelled, their samples are kept</source>
        <translation>关闭窗口；取消进行中的任务，保留其样本</translation>
    </message>
    <message>
        <source>Role: Base</source>
        <translation>角色：基础版</translation>
    </message>
    <message>
        <source>The chosen subjects stand for the base version</source>
        <translation>所选被测对象代表基础版</translation>
    </message>
    <message>
        <source>Role: Full</source>
        <translation>角色：满血版</translation>
    </message>
    <message>
        <source>The chosen subjects stand for the full version</source>
        <translation>所选被测对象代表满血版</translation>
    </message>
    <message>
        <source>Role: Distilled</source>
        <translation>角色：蒸馏版</translation>
    </message>
    <message>
        <source>The chosen subjects stand for the distilled version</source>
        <translation>所选被测对象代表蒸馏版</translation>
    </message>
    <message>
        <source>Role: Other</source>
        <translation>角色：其他</translation>
    </message>
    <message>
        <source>The chosen subjects stand for something else</source>
        <translation>所选被测对象代表其他版本</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Gives the subject another name in this window</source>
        <translation>在此窗口中给被测对象另起名称</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>Reads the subject&apos;s files again</source>
        <translation>重新读取被测对象的文件</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Opens the subject&apos;s folder</source>
        <translation>打开被测对象的文件夹</translation>
    </message>
    <message>
        <source>Copy Path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Copies the paths of the chosen subjects</source>
        <translation>复制所选被测对象的路径</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Takes the chosen subjects off the list; nothing on the disk changes</source>
        <translation>把所选被测对象移出列表；磁盘上的内容不变</translation>
    </message>
    <message>
        <source>Measure...</source>
        <translation>测量…</translation>
    </message>
    <message>
        <source>Measures latency, memory and accuracy of the chosen subjects, or of all</source>
        <translation>测量所选或全部被测对象的延迟、显存/内存和准确率</translation>
    </message>
    <message>
        <source>Report...</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>Writes the comparison as PDF, HTML, Markdown, CSV or JSON</source>
        <translation>把对比写成 PDF、HTML、Markdown、CSV 或 JSON</translation>
    </message>
    <message>
        <source>Cancel All Jobs</source>
        <translation>取消全部任务</translation>
    </message>
    <message>
        <source>Ends what runs and what waits; samples so far are kept</source>
        <translation>结束进行中和等待中的任务；保留已有样本</translation>
    </message>
    <message>
        <source>Clear Finished Jobs</source>
        <translation>清除已完成的任务</translation>
    </message>
    <message>
        <source>Takes finished jobs off the list; their results stay</source>
        <translation>把已完成的任务移出列表；其结果保留</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>What the chosen subject is</source>
        <translation>所选被测对象是什么</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>All subjects side by side</source>
        <translation>并排对比全部被测对象</translation>
    </message>
    <message>
        <source>Fold or Unfold Jobs</source>
        <translation>折叠或展开任务</translation>
    </message>
    <message>
        <source>Folds the list of jobs to a line, or unfolds it</source>
        <translation>把任务列表折叠成一行，或展开</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Goes to the search field of the page</source>
        <translation>转到页面的搜索框</translation>
    </message>
    <message>
        <source>Next Pane</source>
        <translation>下一窗格</translation>
    </message>
    <message>
        <source>Moves the keyboard to the next pane</source>
        <translation>把键盘焦点移到下一窗格</translation>
    </message>
    <message>
        <source>Previous Pane</source>
        <translation>上一窗格</translation>
    </message>
    <message>
        <source>Moves the keyboard to the pane before</source>
        <translation>把键盘焦点移到上一窗格</translation>
    </message>
    <message>
        <source>Colours: System</source>
        <translation>配色：跟随系统</translation>
    </message>
    <message>
        <source>Light or dark as the desktop is</source>
        <translation>浅色或深色与桌面一致</translation>
    </message>
    <message>
        <source>Colours: Light</source>
        <translation>配色：浅色</translation>
    </message>
    <message>
        <source>Light whatever the desktop is</source>
        <translation>始终浅色，不随桌面变化</translation>
    </message>
    <message>
        <source>Colours: Dark</source>
        <translation>配色：深色</translation>
    </message>
    <message>
        <source>Dark whatever the desktop is</source>
        <translation>始终深色，不随桌面变化</translation>
    </message>
    <message>
        <source>Restore Default Layout</source>
        <translation>恢复默认布局</translation>
    </message>
    <message>
        <source>Gives all panes their first sizes again</source>
        <translation>使所有窗格恢复最初的大小</translation>
    </message>
    <message>
        <source>Commands...</source>
        <translation>命令…</translation>
    </message>
    <message>
        <source>Finds any command by its name</source>
        <translation>按名称查找任意命令</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Lists every command with its keys</source>
        <translation>列出全部命令及其按键</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Subject</source>
        <translation>被测对象(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>测量(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>Arguments</name>
    <message>
        <source>--%1 should be %2</source>
        <translation>--%1 应为%2</translation>
    </message>
    <message>
        <source>Shows this help.</source>
        <translation>显示本帮助。</translation>
    </message>
    <message>
        <source>Prints the result as JSON.</source>
        <translation>以 JSON 输出结果。</translation>
    </message>
    <message>
        <source>Where the model runs.</source>
        <translation>模型在哪个设备上运行。</translation>
    </message>
    <message>
        <source>In which the model is computed; auto: as it is stored.</source>
        <translation>模型以哪种 dtype 计算；auto：与存储的一致。</translation>
    </message>
    <message>
        <source>How the worker is started, for example &quot;ssh host assay-worker&quot;.</source>
        <translation>启动工作进程的命令，例如“ssh host assay-worker”。</translation>
    </message>
    <message>
        <source>Prompt lengths.</source>
        <translation>提示长度。</translation>
    </message>
    <message>
        <source>Output lengths.</source>
        <translation>输出长度。</translation>
    </message>
    <message>
        <source>Sequences at a time.</source>
        <translation>同时处理的序列数（批大小）。</translation>
    </message>
    <message>
        <source>Repetitions of each point; 6 give a 95 % interval.</source>
        <translation>每个测点的重复次数；6 次即可给出 95 % 置信区间。</translation>
    </message>
    <message>
        <source>Seed of the random prompts.</source>
        <translation>随机提示的种子。</translation>
    </message>
    <message>
        <source>Usage: assay %1 %2 [options]</source>
        <translation>用法：assay %1 %2 [options]</translation>
    </message>
    <message>
        <source>whole numbers of at least %1, with commas</source>
        <translation>不小于 %1 的整数，以逗号分隔</translation>
    </message>
    <message>
        <source>one whole number of at least %1</source>
        <translation>一个不小于 %1 的整数</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Part of the whole</source>
        <translation>占总量的比例</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Part of the network, told by the tensors&apos; names</source>
        <translation>网络的组成部分，按张量名称判定</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>元素数</translation>
    </message>
    <message>
        <source>Stored numbers, counted from the tensors&apos; shapes</source>
        <translation>存储的数值个数，由张量形状计数得出</translation>
    </message>
    <message>
        <source>Dtype</source>
        <translation>dtype</translation>
    </message>
    <message>
        <source>Element type in the file</source>
        <translation>文件中的元素类型</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节数</translation>
    </message>
    <message>
        <source>Bytes of the tensors of this type</source>
        <translation>该类型张量的字节数</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>What is told</source>
        <translation>所描述的内容</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Three significant digits; the tooltip has the exact value</source>
        <translation>三位有效数字；精确值见工具提示</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Declared in a file, counted from the tensors, derived by a formula, or measured</source>
        <translation>由文件声明、由张量计数、由公式推导，或由测量得出</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>The field, the file or the formula with its numbers</source>
        <translation>字段、文件，或代入数值的公式</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Name in the model&apos;s folder</source>
        <translation>在模型文件夹中的名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>What the file is for</source>
        <translation>文件的用途</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Bytes on the disk</source>
        <translation>磁盘上的字节数</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>文件头</translation>
    </message>
    <message>
        <source>Bytes before the first tensor</source>
        <translation>第一个张量之前的字节数</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量数</translation>
    </message>
    <message>
        <source>Tensors that the file holds</source>
        <translation>文件所含的张量个数</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Whether the file is there</source>
        <translation>文件是否存在</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Problem, warning or info</source>
        <translation>问题、警告或信息</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>发现了什么</translation>
    </message>
    <message>
        <source>Why it matters</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>What follows from it</source>
        <translation>由此带来的后果</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>File, tensor or field</source>
        <translation>文件、张量或字段</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Name in the file</source>
        <translation>在文件中的名称</translation>
    </message>
    <message>
        <source>As it stands in the file</source>
        <translation>文件中的原值</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What the tensors say against it</source>
        <translation>张量与之矛盾之处</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Module or tensor; identical neighbours are one row</source>
        <translation>模块或张量；相邻的相同项合为一行</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>重复数</translation>
    </message>
    <message>
        <source>How many identical modules the row stands for</source>
        <translation>该行代表多少个相同的模块</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Logical elements, row-major, as the file declares them</source>
        <translation>逻辑元素，行优先，按文件声明</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Elements of the row, all its repeats counted</source>
        <translation>该行的元素数，计入全部重复</translation>
    </message>
    <message>
        <source>Bytes of the row, all its repeats counted</source>
        <translation>该行的字节数，计入全部重复</translation>
    </message>
    <message>
        <source>Part of all bytes, all occurrences counted</source>
        <translation>占全部字节的比例，计入全部出现</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>As it stands in the menus</source>
        <translation>菜单中的名称</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Keyboard shortcut</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>One sentence</source>
        <translation>一句话</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>%1: prompt %2, output %3, batch %4, %5 on %6</source>
        <translation>%1：提示 %2，输出 %3，批大小 %4，%5，设备 %6</translation>
    </message>
    <message>
        <source>Measures load time, latency, throughput and memory.</source>
        <translation>测量加载时间、延迟、吞吐和显存/内存。</translation>
    </message>
    <message>
        <source>--roles knows base, full, distilled and other, not %1</source>
        <translation>--roles 只接受 base、full、distilled 和 other，不接受 %1</translation>
    </message>
    <message>
        <source>--roles needs one role for each subject</source>
        <translation>--roles 需要为每个被测对象各给一个角色</translation>
    </message>
    <message>
        <source>wrote %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>Measures what is missing and puts subjects side by side.</source>
        <translation>补测缺少的数据，并排对比各被测对象。</translation>
    </message>
    <message>
        <source>What each subject stands for; guessed when left out.</source>
        <translation>各被测对象的角色；省略时自动推测。</translation>
    </message>
    <message>
        <source>Writes a report: .pdf, .html, .md, .csv or .json; may be given several times.</source>
        <translation>写出报告：.pdf、.html、.md、.csv 或 .json；可多次给出。</translation>
    </message>
    <message>
        <source>The suite for accuracy.</source>
        <translation>用于测准确率的评测集。</translation>
    </message>
    <message>
        <source>Measures again what has been measured here already.</source>
        <translation>重新测量此处已测过的内容。</translation>
    </message>
    <message>
        <source>Opens and measures the sample family: base, full and distilled.</source>
        <translation>打开并测量示例模型族：基础版、满血版和蒸馏版。</translation>
    </message>
    <message>
        <source>Works without a window and writes the reports into this folder.</source>
        <translation>不显示窗口，把报告写入此文件夹。</translation>
    </message>
    <message>
        <source>Asks every item of a suite and counts what was right.</source>
        <translation>逐题询问评测集，统计答对数。</translation>
    </message>
    <message>
        <source>A suite: %1, or a JSONL file.</source>
        <translation>评测集：%1，或一个 JSONL 文件。</translation>
    </message>
    <message>
        <source>generate needs --prompt or --tokens</source>
        <translation>generate 需要 --prompt 或 --tokens</translation>
    </message>
    <message>
        <source>%1 tokens, first after %2, all after %3, ended by %4</source>
        <translation>%1 个 Token，首个用时 %2，全部用时 %3，结束原因：%4</translation>
    </message>
    <message>
        <source>Continues a prompt.</source>
        <translation>续写提示。</translation>
    </message>
    <message>
        <source>Shows the facts and findings of a model.</source>
        <translation>显示模型的属性与发现。</translation>
    </message>
    <message>
        <source>Lists every tensor.</source>
        <translation>列出全部张量。</translation>
    </message>
    <message>
        <source>Writes the logits at every position as a safetensors file.</source>
        <translation>把每个位置的 logits 写成 safetensors 文件。</translation>
    </message>
    <message>
        <source>Token ids.</source>
        <translation>Token ID。</translation>
    </message>
    <message>
        <source>The file to write; tensor &quot;logits&quot;, F32 [tokens, vocabulary].</source>
        <translation>要写出的文件；张量“logits”，F32 [tokens, vocabulary]。</translation>
    </message>
    <message>
        <source>Goes token by token through the KV cache instead of one pass.</source>
        <translation>经由 KV 缓存逐 Token 计算，而非一次完成。</translation>
    </message>
    <message>
        <source>logits needs --tokens and --out</source>
        <translation>logits 需要 --tokens 和 --out</translation>
    </message>
    <message>
        <source>open the sample family, measure it, write the report</source>
        <translation>打开示例模型族，测量并写出报告</translation>
    </message>
    <message>
        <source>facts and findings of a model</source>
        <translation>模型的属性与发现</translation>
    </message>
    <message>
        <source>text to tokens and back</source>
        <translation>文本与 Token 互转</translation>
    </message>
    <message>
        <source>logits at every position, as a file</source>
        <translation>每个位置的 logits，写成文件</translation>
    </message>
    <message>
        <source>continue a prompt</source>
        <translation>续写提示</translation>
    </message>
    <message>
        <source>load time, latency, throughput, memory</source>
        <translation>加载时间、延迟、吞吐、显存/内存</translation>
    </message>
    <message>
        <source>accuracy on a suite</source>
        <translation>在评测集上的准确率</translation>
    </message>
    <message>
        <source>measure what is missing, put side by side, write reports</source>
        <translation>补测缺少的数据，并排对比，写出报告</translation>
    </message>
    <message>
        <source>Usage: assay [command] [options]   without a command: opens the window</source>
        <translation>用法：assay [command] [options]   不带命令：打开窗口</translation>
    </message>
    <message>
        <source>assay COMMAND --help says more. A path opens it in the window.</source>
        <translation>详见 assay COMMAND --help。给出路径则在窗口中打开。</translation>
    </message>
    <message>
        <source>There is no command or file %1</source>
        <translation>没有命令或文件 %1</translation>
    </message>
    <message>
        <source>Turns the text on standard input into tokens, or ids back into text.</source>
        <translation>把标准输入中的文本转成 Token，或把 ID 转回文本。</translation>
    </message>
    <message>
        <source>Leaves special tokens out.</source>
        <translation>略去特殊 Token。</translation>
    </message>
    <message>
        <source>Takes ids and gives their text.</source>
        <translation>输入 ID，输出对应文本。</translation>
    </message>
    <message>
        <source>Takes one JSON string a line and prints one JSON object a line.</source>
        <translation>每行读入一个 JSON 字符串，每行输出一个 JSON 对象。</translation>
    </message>
    <message>
        <source>subject</source>
        <translation>被测对象</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>The text to continue.</source>
        <translation>要续写的文本。</translation>
    </message>
    <message>
        <source>Token ids to continue, instead of a text.</source>
        <translation>要续写的 Token ID，用以代替文本。</translation>
    </message>
    <message>
        <source>How many tokens at most.</source>
        <translation>最多多少个 Token。</translation>
    </message>
    <message>
        <source>Takes the likeliest token each time (the default).</source>
        <translation>每次取概率最大的 Token（默认）。</translation>
    </message>
    <message>
        <source>Samples at this temperature; 0 is greedy.</source>
        <translation>以此温度采样；0 为贪心。</translation>
    </message>
    <message>
        <source>Seed of the sampling.</source>
        <translation>采样的种子。</translation>
    </message>
    <message>
        <source>Stops at this text; may be given several times.</source>
        <translation>遇到此文本即停止；可多次给出。</translation>
    </message>
    <message>
        <source>Goes on after an end token.</source>
        <translation>遇到结束 Token 后继续生成。</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>%1 prompt tokens, %2 output tokens, batch %3</source>
        <translation>提示 %1 Token，输出 %2 Token，批大小 %3</translation>
    </message>
    <message>
        <source>%1 is better</source>
        <translation>%1更好</translation>
    </message>
    <message>
        <source>not resolved (n = %1)</source>
        <translation>未能分辨（n = %1）</translation>
    </message>
    <message>
        <source>This fact is not known of the subject.</source>
        <translation>该被测对象的这项属性未知。</translation>
    </message>
    <message>
        <source>%1 (%2: %3)</source>
        <translation>%1（%2：%3）</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>尚未测量。</translation>
    </message>
    <message>
        <source>The measurement failed: %1</source>
        <translation>测量失败：%1</translation>
    </message>
    <message>
        <source>Not measured under this load.</source>
        <translation>未在此负载下测量。</translation>
    </message>
    <message>
        <source>The device does not tell this, or there are too few samples for it.</source>
        <translation>设备不提供此项，或样本太少。</translation>
    </message>
    <message>
        <source>%1 %2, 95 % interval [%4, %5], n = %3, measured</source>
        <translation>%1 %2，95 % 置信区间 [%4, %5]，n = %3，测量</translation>
    </message>
    <message>
        <source>%1 %2, n = %3, measured; too few samples for an interval</source>
        <translation>%1 %2，n = %3，测量；样本太少，无法给出置信区间</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Not evaluated on this suite yet.</source>
        <translation>尚未在此评测集上评测。</translation>
    </message>
    <message>
        <source>Right answers over all items; wrong, unparsed, truncated and failed items count as not right. Wilson interval at 95 %.</source>
        <translation>答对数除以全部题目数；答错、无法解析、被截断和出错的题目均不算答对。95 % Wilson 置信区间。</translation>
    </message>
    <message>
        <source>%1 of %2 right, %3 wrong, %4 unparsed, %5 truncated, %6 error</source>
        <translation>%2 题中答对 %1，答错 %3，无法解析 %4，被截断 %5，出错 %6</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>答题结果</translation>
    </message>
    <message>
        <source>%1 of %2 items</source>
        <translation>%2 题中的 %1 题</translation>
    </message>
    <message>
        <source>%1 runs at %4 times the speed of %2; accuracy is not compared yet.</source>
        <translation>%1的速度是%2的 %4 倍；准确率尚未对比。</translation>
    </message>
    <message>
        <source>%1 runs at %4 times the speed of %2 in %5 times its memory; accuracy is not compared yet.</source>
        <translation>%1的速度是%2的 %4 倍，显存/内存是其 %5 倍；准确率尚未对比。</translation>
    </message>
    <message>
        <source>No subjects are open.</source>
        <translation>没有打开的被测对象。</translation>
    </message>
    <message>
        <source>Nothing is compared yet: measure at least two subjects under the same load or on the same suite.</source>
        <translation>尚无对比：请至少在同一负载下或同一评测集上测量两个被测对象。</translation>
    </message>
    <message>
        <source>The speeds of %1 and %2 do not differ beyond their noise.</source>
        <translation>%1与%2的速度差异没有超出噪声。</translation>
    </message>
    <message>
        <source>On the hardest tier (%3) %1 is right on %4 of the items and %2 on %5 (%6, n = %7).</source>
        <translation>在最难一档（%3）上，%1答对 %4 的题目，%2答对 %5（%6，n = %7）。</translation>
    </message>
    <message>
        <source>On the hardest tier (%3) the gap between %1 and %2 is not resolved: %4 against %5 (%6, n = %7).</source>
        <translation>在最难一档（%3）上，%1与%2的差距未能分辨：%4 对 %5（%6，n = %7）。</translation>
    </message>
    <message>
        <source>Not measured yet: %1.</source>
        <translation>尚未测量：%1。</translation>
    </message>
    <message>
        <source>%1 takes %4 a token and %5 of memory. Add a second subject to compare.</source>
        <translation>%1 每 Token 用时 %4，占用显存/内存 %5。再添加一个被测对象即可对比。</translation>
    </message>
    <message>
        <source>%1 is not measured yet. Measure it, and add a second subject to compare.</source>
        <translation>%1 尚未测量。请先测量，再添加一个被测对象即可对比。</translation>
    </message>
    <message>
        <source>%1 was measured on the machine %2, %3 on %4: their times cannot be compared.</source>
        <translation>%1 在机器 %2 上测量，%3 在 %4 上测量：两者的时间不可比。</translation>
    </message>
    <message>
        <source>%1 was measured on the device %2, %3 on %4: their times and memory cannot be compared.</source>
        <translation>%1 在设备 %2 上测量，%3 在 %4 上测量：两者的时间和显存/内存不可比。</translation>
    </message>
    <message>
        <source>%1 was computed in %2, %3 in %4: the dtype changes speed and memory.</source>
        <translation>%1 以 %2 计算，%3 以 %4 计算：dtype 会影响速度和显存/内存。</translation>
    </message>
    <message>
        <source>%1 was measured with %2 threads, %3 with %4.</source>
        <translation>%1 以 %2 个线程测量，%3 以 %4 个线程测量。</translation>
    </message>
    <message>
        <source>%1 was measured by worker %2, %3 by worker %4.</source>
        <translation>%1 由工作进程 %2 测量，%3 由工作进程 %4 测量。</translation>
    </message>
    <message>
        <source>The measurement of %1 failed: %2</source>
        <translation>%1 的测量失败：%2</translation>
    </message>
    <message>
        <source>The measurement of %1 was cancelled; what was measured before is shown.</source>
        <translation>%1 的测量已取消；显示的是此前测得的数据。</translation>
    </message>
    <message>
        <source>%1 was not measured under the shown load (%2).</source>
        <translation>%1 未在所示负载（%2）下测量。</translation>
    </message>
    <message>
        <source>The machine was busy with other work while %1 was measured (load average up to %2 on %3 cores): its times may be too long.</source>
        <translation>测量 %1 时机器正忙于其他工作（平均负载最高 %2，共 %3 核）：其时间可能偏长。</translation>
    </message>
    <message>
        <source>The evaluation of %1 on %2 failed: %3</source>
        <translation>%1 在 %2 上的评测失败：%3</translation>
    </message>
    <message>
        <source>%1 answered only %2 of the %3 items of %4.</source>
        <translation>%1 只回答了 %4 的 %3 道题目中的 %2 道。</translation>
    </message>
    <message>
        <source>%1 and %2 were evaluated on different versions of the suite %3: they are not paired.</source>
        <translation>%1 与 %2 在评测集 %3 的不同版本上评测：不作配对。</translation>
    </message>
    <message>
        <source>On %3 %1 was computed in %4, %2 in %5.</source>
        <translation>在 %3 上，%1 以 %4 计算，%2 以 %5 计算。</translation>
    </message>
    <message>
        <source>On %3 %1 was sampled at temperature %4, %2 at %5.</source>
        <translation>在 %3 上，%1 的采样温度为 %4，%2 的为 %5。</translation>
    </message>
    <message>
        <source>No suite has been answered yet: evaluate on a suite.</source>
        <translation>尚未作答任何评测集：请在评测集上评测。</translation>
    </message>
    <message>
        <source>right answers</source>
        <translation>答对比例</translation>
    </message>
    <message>
        <source>Whiskers are Wilson intervals at 95 %. Unparsed, truncated and failed items count as not right.</source>
        <translation>误差线为 95 % Wilson 置信区间。无法解析、被截断和出错的题目不算答对。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Accuracy over %1</source>
        <translation>准确率随 %1 的变化</translation>
    </message>
    <message>
        <source>Each point is the middle of a bin of about as many items; whiskers are Wilson intervals at 95 %.</source>
        <translation>每个点是一个分箱的中点，各箱题目数大致相同；误差线为 95 % Wilson 置信区间。</translation>
    </message>
    <message>
        <source>Whiskers are Wilson intervals at 95 %.</source>
        <translation>误差线为 95 % Wilson 置信区间。</translation>
    </message>
    <message>
        <source>Accuracy over time per token</source>
        <translation>准确率与每 Token 延迟</translation>
    </message>
    <message>
        <source>time per output token (ms)</source>
        <translation>每 Token 延迟（ms）</translation>
    </message>
    <message>
        <source>Up and to the left is better. The area of a marker is the peak of memory.</source>
        <translation>越靠左上越好。标记的面积为峰值显存/内存。</translation>
    </message>
    <message>
        <source>This needs both: a benchmark and an evaluation of a subject.</source>
        <translation>需要同时具备被测对象的基准测试和评测。</translation>
    </message>
    <message>
        <source>No benchmark has samples yet: measure speed and memory.</source>
        <translation>尚无基准测试样本：请测量速度和显存/内存。</translation>
    </message>
    <message>
        <source>Bars are medians, whiskers their 95 % intervals; no whisker where fewer than 6 runs give none.</source>
        <translation>柱为中位数，误差线为其 95 % 置信区间；运行少于 6 次时没有区间，不画误差线。</translation>
    </message>
    <message>
        <source>Bars are medians, whiskers their 95 % intervals. Only the first %1 of %2 loads are drawn.</source>
        <translation>柱为中位数，误差线为其 95 % 置信区间。%2 种负载中只画前 %1 种。</translation>
    </message>
    <message>
        <source>load time (s)</source>
        <translation>加载时间（s）</translation>
    </message>
    <message>
        <source>output tokens per second</source>
        <translation>每秒输出 Token 数</translation>
    </message>
    <message>
        <source>%1 prompt tokens, %2 output tokens; %3</source>
        <translation>提示 %1 Token，输出 %2 Token；%3</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>显存/内存</translation>
    </message>
    <message>
        <source>memory (GiB)</source>
        <translation>显存/内存（GiB）</translation>
    </message>
    <message>
        <source>memory (MiB)</source>
        <translation>显存/内存（MiB）</translation>
    </message>
    <message>
        <source>Distribution of the time between tokens</source>
        <translation>Token 间隔的分布</translation>
    </message>
    <message>
        <source>time between tokens (ms)</source>
        <translation>Token 间隔（ms）</translation>
    </message>
    <message>
        <source>share of gaps not longer</source>
        <translation>不超过该间隔的占比</translation>
    </message>
    <message>
        <source>All gaps of the counted runs pooled. A steep line is an even speed, a long tail are stalls.</source>
        <translation>合并计入的各次运行的全部间隔。曲线陡说明速度均匀，长尾说明有停顿。</translation>
    </message>
    <message>
        <source>time (ms)</source>
        <translation>时间（ms）</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>right answers, %1</source>
        <translation>答对比例，%1</translation>
    </message>
    <message>
        <source>%2 is right on none of the %6 shared items of %7, so no share of its accuracy can be given for %1.</source>
        <translation>%2在 %7 的 %6 道共同题目上无一答对，因此无法给出%1保留其准确率的比例。</translation>
    </message>
    <message>
        <source>%1 runs at %4 times the speed of %2; %2 is right on none of the %6 shared items of %7, so no share of its accuracy can be given.</source>
        <translation>%1的速度是%2的 %4 倍；%2在 %7 的 %6 道共同题目上无一答对，因此无法给出保留其准确率的比例。</translation>
    </message>
    <message>
        <source>%1 runs at %4 times the speed of %2 in %5 times its memory; %2 is right on none of the %6 shared items of %7, so no share of its accuracy can be given.</source>
        <translation>%1的速度是%2的 %4 倍，显存/内存是其 %5 倍；%2在 %7 的 %6 道共同题目上无一答对，因此无法给出保留其准确率的比例。</translation>
    </message>
    <message>
        <source>The accuracy gap between %1 and %2 on %7 is not resolved (share %3, n = %6); speed and memory are not compared yet.</source>
        <translation>在 %7 上，%1与%2的准确率差距未能分辨（比值 %3，n = %6）；速度和显存/内存尚未对比。</translation>
    </message>
    <message>
        <source>The accuracy gap between %1 and %2 on %7 is not resolved (share %3, n = %6), at %4 times the speed.</source>
        <translation>在 %7 上，%1与%2的准确率差距未能分辨（比值 %3，n = %6），速度是后者的 %4 倍。</translation>
    </message>
    <message>
        <source>The accuracy gap between %1 and %2 on %7 is not resolved (share %3, n = %6), at %4 times the speed and %5 times the memory.</source>
        <translation>在 %7 上，%1与%2的准确率差距未能分辨（比值 %3，n = %6），速度是后者的 %4 倍，显存/内存是后者的 %5 倍。</translation>
    </message>
    <message>
        <source>%1 keeps %3 of %2&apos;s accuracy on %7 (n = %6); speed and memory are not compared yet.</source>
        <translation>在 %7 上，%1保留了%2准确率的 %3（n = %6）；速度和显存/内存尚未对比。</translation>
    </message>
    <message>
        <source>%1 keeps %3 of %2&apos;s accuracy on %7 (n = %6) at %4 times its speed.</source>
        <translation>在 %7 上，%1保留了%2准确率的 %3（n = %6），速度是其 %4 倍。</translation>
    </message>
    <message>
        <source>%1 keeps %3 of %2&apos;s accuracy on %7 (n = %6) at %4 times its speed and %5 times its memory.</source>
        <translation>在 %7 上，%1保留了%2准确率的 %3（n = %6），速度是其 %4 倍，显存/内存是其 %5 倍。</translation>
    </message>
    <message>
        <source>%1 reaches %3 of %2&apos;s accuracy on %7 (n = %6); speed and memory are not compared yet.</source>
        <translation>在 %7 上，%1达到%2准确率的 %3（n = %6）；速度和显存/内存尚未对比。</translation>
    </message>
    <message>
        <source>%1 reaches %3 of %2&apos;s accuracy on %7 (n = %6) at %4 times its speed.</source>
        <translation>在 %7 上，%1达到%2准确率的 %3（n = %6），速度是其 %4 倍。</translation>
    </message>
    <message>
        <source>%1 reaches %3 of %2&apos;s accuracy on %7 (n = %6) at %4 times its speed and %5 times its memory.</source>
        <translation>在 %7 上，%1达到%2准确率的 %3（n = %6），速度是其 %4 倍，显存/内存是其 %5 倍。</translation>
    </message>
    <message>
        <source>What distilling gained over %2 is not resolved: %1 percentage points of accuracy on %5 (%3, n = %4).</source>
        <translation>蒸馏相对%2的收益未能分辨：在 %5 上准确率 %1 个百分点（%3，n = %4）。</translation>
    </message>
    <message>
        <source>Distilling gained %1 percentage points of accuracy over %2 on %5 (%3, n = %4).</source>
        <translation>在 %5 上，蒸馏使准确率比%2提高了 %1 个百分点（%3，n = %4）。</translation>
    </message>
    <message>
        <source>%1 is right on %2 of %3 items of %6, takes %4 a token and %5 of memory. Add a second subject to compare.</source>
        <translation>%1 在 %6 的 %3 道题目中答对 %2，每 Token 用时 %4，占用显存/内存 %5。再添加一个被测对象即可对比。</translation>
    </message>
    <message>
        <source>%1 is right on %2 of %3 items of %6. Add a second subject to compare.</source>
        <translation>%1 在 %6 的 %3 道题目中答对 %2。再添加一个被测对象即可对比。</translation>
    </message>
    <message>
        <source>load time (ms)</source>
        <translation>加载时间（ms）</translation>
    </message>
    <message>
        <source>%1 is still being asked: %2 of the %3 items of %4 are answered, the others may be easier or harder.</source>
        <translation>%1 仍在答题：%4 的 %3 道题目已回答 %2 道，其余题目可能更易或更难。</translation>
    </message>
    <message>
        <source>Distilling cost accuracy: it differs from that of %2 by %1 percentage points on %5 (%3, n = %4).</source>
        <translation>蒸馏损失了准确率：在 %5 上与%2相差 %1 个百分点（%3，n = %4）。</translation>
    </message>
</context>
<context>
    <name>Component</name>
    <message>
        <source>Norms</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>Output head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>There is no file or directory %1</source>
        <translation>没有文件或目录 %1</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>Check its permissions and the disk.</source>
        <translation>请检查其权限和磁盘。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Choose another place or check its permissions.</source>
        <translation>请另选位置，或检查其权限。</translation>
    </message>
    <message>
        <source>The disk is full: %1 was not written</source>
        <translation>磁盘已满：%1 未写入</translation>
    </message>
    <message>
        <source>Free some space and try again; what was saved before is kept.</source>
        <translation>请腾出空间后重试；此前保存的内容仍保留。</translation>
    </message>
    <message>
        <source>%1 is not a model directory</source>
        <translation>%1 不是模型目录</translation>
    </message>
    <message>
        <source>Choose the folder that holds config.json and the weights.</source>
        <translation>请选择含有 config.json 和权重的文件夹。</translation>
    </message>
    <message>
        <source>The directory %1 is empty</source>
        <translation>目录 %1 是空的</translation>
    </message>
    <message>
        <source>%1 holds no config.json</source>
        <translation>%1 中没有 config.json</translation>
    </message>
    <message>
        <source>%1 holds no weights in safetensors format</source>
        <translation>%1 中没有 safetensors 格式的权重</translation>
    </message>
    <message>
        <source>Download the model&apos;s .safetensors files into this folder.</source>
        <translation>请把模型的 .safetensors 文件下载到此文件夹。</translation>
    </message>
    <message>
        <source>%1 has %2 bytes; at most %3 are read</source>
        <translation>%1 有 %2 字节；最多读取 %3 字节</translation>
    </message>
    <message>
        <source>The file is probably not what its name says.</source>
        <translation>该文件很可能名不副实。</translation>
    </message>
    <message>
        <source>%1 is not valid JSON: %2</source>
        <translation>%1 不是有效的 JSON：%2</translation>
    </message>
    <message>
        <source>Download the file again.</source>
        <translation>请重新下载该文件。</translation>
    </message>
    <message>
        <source>In %1 the field %2 should be %3</source>
        <translation>%1 中的字段 %2 应为 %3</translation>
    </message>
    <message>
        <source>Correct the field or download the file again.</source>
        <translation>请改正该字段，或重新下载该文件。</translation>
    </message>
    <message>
        <source>The file has %1 bytes; a safetensors file has at least 8</source>
        <translation>该文件有 %1 字节；safetensors 文件至少有 8 字节</translation>
    </message>
    <message>
        <source>The download is incomplete; download the file again.</source>
        <translation>下载不完整；请重新下载该文件。</translation>
    </message>
    <message>
        <source>The header declares %1 bytes; at most 100,000,000 are allowed</source>
        <translation>文件头声明为 %1 字节；最多允许 100,000,000 字节</translation>
    </message>
    <message>
        <source>The file is not safetensors or is damaged.</source>
        <translation>该文件不是 safetensors 或已损坏。</translation>
    </message>
    <message>
        <source>The header declares %1 bytes, but the file has only %2</source>
        <translation>文件头声明为 %1 字节，但文件只有 %2 字节</translation>
    </message>
    <message>
        <source>The header is not valid JSON: %1</source>
        <translation>文件头不是有效的 JSON：%1</translation>
    </message>
    <message>
        <source>The header&apos;s entry %1 is invalid: %2</source>
        <translation>文件头的条目 %1 无效：%2</translation>
    </message>
    <message>
        <source>The header names the tensor %1 twice</source>
        <translation>文件头两次列出张量 %1</translation>
    </message>
    <message>
        <source>Write the file anew.</source>
        <translation>请重新写出该文件。</translation>
    </message>
    <message>
        <source>The shape of the tensor %1 is larger than any memory</source>
        <translation>张量 %1 的形状超出任何内存的容量</translation>
    </message>
    <message>
        <source>The header is forged or damaged.</source>
        <translation>文件头系伪造或已损坏。</translation>
    </message>
    <message>
        <source>The tensor %1 needs %2 bytes by its shape and dtype, but its offsets span %3</source>
        <translation>按形状和 dtype，张量 %1 需要 %2 字节，但其偏移跨度为 %3 字节</translation>
    </message>
    <message>
        <source>There is a hole of %2 bytes before the tensor %1</source>
        <translation>张量 %1 之前有 %2 字节的空洞</translation>
    </message>
    <message>
        <source>Write the file anew without gaps.</source>
        <translation>请重新写出该文件，不留空洞。</translation>
    </message>
    <message>
        <source>The tensor %1 overlaps the tensor before it by %2 bytes</source>
        <translation>张量 %1 与前一个张量重叠 %2 字节</translation>
    </message>
    <message>
        <source>The tensors end at byte %1, but the file has only %2 bytes</source>
        <translation>张量结束于第 %1 字节，但文件只有 %2 字节</translation>
    </message>
    <message>
        <source>The index %1 cannot be used: %2</source>
        <translation>索引 %1 无法使用：%2</translation>
    </message>
    <message>
        <source>Download the index again.</source>
        <translation>请重新下载索引。</translation>
    </message>
    <message>
        <source>The index names the file %1, which leaves the directory</source>
        <translation>索引列出的文件 %1 指向目录之外</translation>
    </message>
    <message>
        <source>Do not trust this model&apos;s source.</source>
        <translation>请勿信任此模型的来源。</translation>
    </message>
    <message>
        <source>The engine cannot run %1: %2 is not supported</source>
        <translation>引擎无法运行 %1：不支持 %2</translation>
    </message>
    <message>
        <source>The model can still be inspected.</source>
        <translation>该模型仍可查看。</translation>
    </message>
    <message>
        <source>config.json lacks the field %1, which %2 needs</source>
        <translation>config.json 缺少 %2 需要的字段 %1</translation>
    </message>
    <message>
        <source>Download config.json again.</source>
        <translation>请重新下载 config.json。</translation>
    </message>
    <message>
        <source>In config.json %1 is %2, which cannot be</source>
        <translation>config.json 中 %1 为 %2，这不可能成立</translation>
    </message>
    <message>
        <source>Correct config.json.</source>
        <translation>请改正 config.json。</translation>
    </message>
    <message>
        <source>The weights lack the tensor %1</source>
        <translation>权重中缺少张量 %1</translation>
    </message>
    <message>
        <source>A shard may be missing; download the model again.</source>
        <translation>可能缺少分片；请重新下载该模型。</translation>
    </message>
    <message>
        <source>The tensor %1 has the shape %2, but the config asks for %3</source>
        <translation>张量 %1 的形状为 %2，但配置要求 %3</translation>
    </message>
    <message>
        <source>config.json and weights belong to different models.</source>
        <translation>config.json 与权重属于不同的模型。</translation>
    </message>
    <message>
        <source>The dtype %1 is not supported on %2</source>
        <translation>%2 不支持 dtype %1</translation>
    </message>
    <message>
        <source>Choose another dtype.</source>
        <translation>请选择其他 dtype。</translation>
    </message>
    <message>
        <source>The worker has no device %1; it offers %2</source>
        <translation>工作进程没有设备 %1；可用的有 %2</translation>
    </message>
    <message>
        <source>Choose another device.</source>
        <translation>请选择其他设备。</translation>
    </message>
    <message>
        <source>Running %1 needs about %2, but only %3 are free on %4</source>
        <translation>运行 %1 约需 %2，但 %4 上仅剩 %3</translation>
    </message>
    <message>
        <source>Choose a smaller dtype, a shorter context or another machine.</source>
        <translation>请选择更小的 dtype、更短的上下文或其他机器。</translation>
    </message>
    <message>
        <source>The token %1 is outside the vocabulary of %2</source>
        <translation>Token %1 超出大小为 %2 的词表</translation>
    </message>
    <message>
        <source>Tokenizer and model may not belong together.</source>
        <translation>分词器与模型可能不匹配。</translation>
    </message>
    <message>
        <source>%1 tokens are asked for, but the context holds %2</source>
        <translation>请求了 %1 个 Token，但上下文只容纳 %2 个</translation>
    </message>
    <message>
        <source>Shorten the prompt or the output.</source>
        <translation>请缩短提示或输出。</translation>
    </message>
    <message>
        <source>The engine failed: %1</source>
        <translation>引擎失败：%1</translation>
    </message>
    <message>
        <source>Please report this with the log.</source>
        <translation>请附上日志报告此问题。</translation>
    </message>
    <message>
        <source>%1 holds no tokenizer.json</source>
        <translation>%1 中没有 tokenizer.json</translation>
    </message>
    <message>
        <source>Give token ids instead of text, or add the tokenizer&apos;s files.</source>
        <translation>请给出 Token ID 代替文本，或补上分词器文件。</translation>
    </message>
    <message>
        <source>The tokenizer %1 cannot be used: %2</source>
        <translation>分词器 %1 无法使用：%2</translation>
    </message>
    <message>
        <source>The tokenizer %1 uses %2, which is not supported</source>
        <translation>分词器 %1 使用了不支持的 %2</translation>
    </message>
    <message>
        <source>Give token ids instead of text.</source>
        <translation>请给出 Token ID 代替文本。</translation>
    </message>
    <message>
        <source>The worker %1 cannot be started: %2</source>
        <translation>工作进程 %1 无法启动：%2</translation>
    </message>
    <message>
        <source>Build or install assay-worker beside assay.</source>
        <translation>请构建 assay-worker，或将其安装在 assay 旁边。</translation>
    </message>
    <message>
        <source>The worker ended while it was working: %1</source>
        <translation>工作进程在工作中结束：%1</translation>
    </message>
    <message>
        <source>What was measured before is kept; start the job again.</source>
        <translation>此前测得的数据仍保留；请重新启动任务。</translation>
    </message>
    <message>
        <source>The worker speaks protocol %1, assay speaks %2</source>
        <translation>工作进程使用协议 %1，assay 使用协议 %2</translation>
    </message>
    <message>
        <source>Install assay and assay-worker of the same version.</source>
        <translation>请安装同一版本的 assay 和 assay-worker。</translation>
    </message>
    <message>
        <source>The worker did not answer within %1 s</source>
        <translation>工作进程在 %1 s 内没有应答</translation>
    </message>
    <message>
        <source>Check the machine it runs on.</source>
        <translation>请检查它所在的机器。</translation>
    </message>
    <message>
        <source>A message does not follow the protocol: %1</source>
        <translation>有消息不符合协议：%1</translation>
    </message>
    <message>
        <source>The worker does not know the method %1</source>
        <translation>工作进程不认识方法 %1</translation>
    </message>
    <message>
        <source>The parameter %1 is missing or wrong: %2</source>
        <translation>参数 %1 缺失或有误：%2</translation>
    </message>
    <message>
        <source>No model %1 is loaded</source>
        <translation>没有加载模型 %1</translation>
    </message>
    <message>
        <source>There is no suite %1</source>
        <translation>没有评测集 %1</translation>
    </message>
    <message>
        <source>Give a JSONL file or one of: %2.</source>
        <translation>请给出 JSONL 文件，或以下之一：%2。</translation>
    </message>
    <message>
        <source>Line %2 of the suite %1 is wrong: %3</source>
        <translation>评测集 %1 的第 %2 行有误：%3</translation>
    </message>
    <message>
        <source>Correct the line.</source>
        <translation>请改正该行。</translation>
    </message>
    <message>
        <source>The suite %1 holds no items</source>
        <translation>评测集 %1 中没有题目</translation>
    </message>
    <message>
        <source>The runs in %1 cannot be read: %2</source>
        <translation>无法读取 %1 中的运行记录：%2</translation>
    </message>
    <message>
        <source>Move the file away; a new one is made.</source>
        <translation>请移走该文件；程序会新建一个。</translation>
    </message>
    <message>
        <source>Results cannot be saved in %1: %2</source>
        <translation>结果无法保存到 %1：%2</translation>
    </message>
    <message>
        <source>Free some space; what is measured stays on the screen until you close the window.</source>
        <translation>请腾出空间；测得的数据在关闭窗口前仍保留在屏幕上。</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>See assay --help.</source>
        <translation>详见 assay --help。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>A fault of Assay&apos;s own: %1</source>
        <translation>Assay 自身的故障：%1</translation>
    </message>
    <message>
        <source>There is no display to open a window on</source>
        <translation>没有可打开窗口的显示器</translation>
    </message>
    <message>
        <source>Log in with a desktop, or use the commands that need none: see assay --help.</source>
        <translation>请登录桌面环境，或使用不需要桌面的命令：详见 assay --help。</translation>
    </message>
</context>
<context>
    <name>Fact</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>规模</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>开销</translation>
    </message>
    <message>
        <source>Model type</source>
        <translation>模型类型</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>MLP width</source>
        <translation>MLP 宽度</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Sliding window</source>
        <translation>滑动窗口</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置编码</translation>
    </message>
    <message>
        <source>Normalization</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Gated MLP</source>
        <translation>门控 MLP</translation>
    </message>
    <message>
        <source>Experts (active / routed + shared)</source>
        <translation>专家（激活 / 路由 + 共享）</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表大小</translation>
    </message>
    <message>
        <source>Tied embeddings</source>
        <translation>共享嵌入</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>每 Token 激活参数</translation>
    </message>
    <message>
        <source>Without further-token layers</source>
        <translation>不含多 Token 预测层</translation>
    </message>
    <message>
        <source>In further-token layers</source>
        <translation>多 Token 预测层</translation>
    </message>
    <message>
        <source>In the embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Quantization scales</source>
        <translation>量化缩放因子</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量数</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Dtypes</source>
        <translation>dtype</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>KV cache per token</source>
        <translation>每 Token KV 缓存</translation>
    </message>
    <message>
        <source>Work per token</source>
        <translation>每 Token 计算量</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>The index names %1, which is not there: %2 tensors are missing</source>
        <translation>索引列出的 %1 不存在：缺少 %2 个张量</translation>
    </message>
    <message>
        <source>The download is incomplete; the model cannot be run.</source>
        <translation>下载不完整；该模型无法运行。</translation>
    </message>
    <message>
        <source>The shard %1 cannot be read: %2</source>
        <translation>分片 %1 无法读取：%2</translation>
    </message>
    <message>
        <source>Its tensors are not counted; the model cannot be run.</source>
        <translation>其张量未计入；该模型无法运行。</translation>
    </message>
    <message>
        <source>%1 holds %2 tensors that the index does not name</source>
        <translation>%1 中有 %2 个张量未列入索引</translation>
    </message>
    <message>
        <source>Index and shards may come from different versions.</source>
        <translation>索引与分片可能来自不同版本。</translation>
    </message>
    <message>
        <source>The tensor %1 stands in %2 and in %3</source>
        <translation>张量 %1 同时出现在 %2 和 %3 中</translation>
    </message>
    <message>
        <source>Which one a program loads is left to chance.</source>
        <translation>程序加载哪一个全凭偶然。</translation>
    </message>
    <message>
        <source>%1 lacks %2 tensors that the index places there</source>
        <translation>%1 缺少 %2 个索引指明在其中的张量</translation>
    </message>
    <message>
        <source>Index and shards come from different versions.</source>
        <translation>索引与分片来自不同版本。</translation>
    </message>
    <message>
        <source>%1 of the %2 shards are not there, the first is %3</source>
        <translation>%2 个分片中有 %1 个不存在，第一个是 %3</translation>
    </message>
    <message>
        <source>The shards have no index.json</source>
        <translation>分片没有 index.json</translation>
    </message>
    <message>
        <source>Whether tensors are missing can only be told from the architecture.</source>
        <translation>只能根据架构判断是否缺少张量。</translation>
    </message>
    <message>
        <source>The folder holds two sets of shards: %1 and %2; only the first is counted</source>
        <translation>文件夹中有两套分片：%1 和 %2；只计入第一套</translation>
    </message>
    <message>
        <source>Counting both would double the model&apos;s size.</source>
        <translation>两套都计入会使模型大小翻倍。</translation>
    </message>
    <message>
        <source>%1 lies beside the model&apos;s files and is not counted</source>
        <translation>%1 与模型文件放在一起，未计入</translation>
    </message>
    <message>
        <source>It is a second copy of the weights in another layout.</source>
        <translation>它是权重的另一份副本，布局不同。</translation>
    </message>
    <message>
        <source>The folder holds no weights in safetensors format</source>
        <translation>文件夹中没有 safetensors 格式的权重</translation>
    </message>
    <message>
        <source>All facts are declared by the config, none is counted; the model cannot be run.</source>
        <translation>全部属性均由配置声明，没有一项由计数得出；该模型无法运行。</translation>
    </message>
    <message>
        <source>The index declares %1 bytes of tensors, the shards hold %2</source>
        <translation>索引声明张量共 %1 字节，而分片中有 %2 字节</translation>
    </message>
    <message>
        <source>The header of %1 has %2 bytes; hub readers stop at 25,000,000</source>
        <translation>%1 的文件头有 %2 字节；Hub 的读取程序上限为 25,000,000 字节</translation>
    </message>
    <message>
        <source>Some programs will refuse this file.</source>
        <translation>有些程序会拒绝此文件。</translation>
    </message>
    <message>
        <source>%1 has %2 bytes after its last tensor</source>
        <translation>%1 在最后一个张量之后还有 %2 字节</translation>
    </message>
    <message>
        <source>The format forbids them; some programs will refuse this file.</source>
        <translation>格式不允许这样；有些程序会拒绝此文件。</translation>
    </message>
    <message>
        <source>%1 tensors have the unknown dtype %2</source>
        <translation>%1 个张量的 dtype %2 未知</translation>
    </message>
    <message>
        <source>Their parameters cannot be counted.</source>
        <translation>其参数无法计数。</translation>
    </message>
    <message>
        <source>There is no config.json</source>
        <translation>没有 config.json</translation>
    </message>
    <message>
        <source>Facts come from the tensors alone; the model cannot be run.</source>
        <translation>属性仅来自张量；该模型无法运行。</translation>
    </message>
    <message>
        <source>config.json cannot be used: %1</source>
        <translation>config.json 无法使用：%1</translation>
    </message>
    <message>
        <source>generation_config.json cannot be used: %1</source>
        <translation>generation_config.json 无法使用：%1</translation>
    </message>
    <message>
        <source>Default sampling settings are unknown.</source>
        <translation>默认采样设置未知。</translation>
    </message>
    <message>
        <source>The architecture %1 is not known here</source>
        <translation>此处不认识架构 %1</translation>
    </message>
    <message>
        <source>Facts are read from the config&apos;s common fields; the model cannot be run.</source>
        <translation>属性读自配置的通用字段；该模型无法运行。</translation>
    </message>
    <message>
        <source>The config declares %1 layers, the tensors have %2</source>
        <translation>配置声明 %1 层，而张量有 %2 层</translation>
    </message>
    <message>
        <source>Config and weights belong to different models, or layers were removed.</source>
        <translation>配置与权重属于不同的模型，或有层被移除。</translation>
    </message>
    <message>
        <source>The config declares the hidden size %1, the embedding has %2</source>
        <translation>配置声明隐藏维度为 %1，而嵌入的为 %2</translation>
    </message>
    <message>
        <source>Config and weights belong to different models.</source>
        <translation>配置与权重属于不同的模型。</translation>
    </message>
    <message>
        <source>The config declares a vocabulary of %1, the embedding has %2 rows</source>
        <translation>配置声明词表大小为 %1，而嵌入有 %2 行</translation>
    </message>
    <message>
        <source>Tokens were added or the config is not this model&apos;s.</source>
        <translation>添加过 Token，或该配置不属于此模型。</translation>
    </message>
    <message>
        <source>The config declares the intermediate size %1, the tensors have %2</source>
        <translation>配置声明中间维度为 %1，而张量的为 %2</translation>
    </message>
    <message>
        <source>Config and weights belong to different models, or neurons were pruned.</source>
        <translation>配置与权重属于不同的模型，或有神经元被剪枝。</translation>
    </message>
    <message>
        <source>By the config %1 should have %2 rows, the tensor has %3</source>
        <translation>按配置 %1 应有 %2 行，而该张量有 %3 行</translation>
    </message>
    <message>
        <source>Config and weights belong to different models, or heads were pruned.</source>
        <translation>配置与权重属于不同的模型，或有注意力头被剪枝。</translation>
    </message>
    <message>
        <source>Programs differ in which of the two they use.</source>
        <translation>不同程序采用两者中的哪一个并不一致。</translation>
    </message>
    <message>
        <source>The config declares the dtype %1, most weights are %2</source>
        <translation>配置声明 dtype 为 %1，而多数权重为 %2</translation>
    </message>
    <message>
        <source>The files were converted after the config was written.</source>
        <translation>文件在配置写出之后经过转换。</translation>
    </message>
    <message>
        <source>%1 tensors are not part of %2, for example %3</source>
        <translation>%1 个张量不属于 %2，例如 %3</translation>
    </message>
    <message>
        <source>They take space and are not used.</source>
        <translation>它们占用空间而未被使用。</translation>
    </message>
    <message>
        <source>%1 tensors that %2 needs are missing, for example %3</source>
        <translation>缺少 %2 需要的 %1 个张量，例如 %3</translation>
    </message>
    <message>
        <source>The model cannot be run.</source>
        <translation>该模型无法运行。</translation>
    </message>
    <message>
        <source>The name says %1 parameters, the tensors have %2</source>
        <translation>名称标示参数量为 %1，而张量有 %2</translation>
    </message>
    <message>
        <source>The model may not be what its name says.</source>
        <translation>该模型可能名不副实。</translation>
    </message>
    <message>
        <source>The tokenizer gives ids up to %1, the embedding has %2 rows</source>
        <translation>分词器给出的 ID 最大为 %1，而嵌入只有 %2 行</translation>
    </message>
    <message>
        <source>Some texts cannot be run; tokenizer and weights may not belong together.</source>
        <translation>有些文本无法运行；分词器与权重可能不匹配。</translation>
    </message>
    <message>
        <source>The config ties the language head to the embedding, but both are stored</source>
        <translation>配置声明输出头与嵌入共享，但两者都存储了</translation>
    </message>
    <message>
        <source>The config declares a language head of its own, but none is stored</source>
        <translation>配置声明有独立的输出头，但没有存储</translation>
    </message>
    <message>
        <source>The model cannot be run as it is declared.</source>
        <translation>该模型无法按声明运行。</translation>
    </message>
    <message>
        <source>%1 lies beside the model&apos;s files and is not counted as weights</source>
        <translation>%1 与模型文件放在一起，未计为权重</translation>
    </message>
    <message>
        <source>It may hold other weights; loading formats other than safetensors may run code.</source>
        <translation>它可能含有其他权重；加载 safetensors 以外的格式可能会执行代码。</translation>
    </message>
</context>
<context>
    <name>Metric</name>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>显存/内存</translation>
    </message>
    <message>
        <source>Load time</source>
        <translation>加载时间</translation>
    </message>
    <message>
        <source>Time from the request to load the model until it can take a prompt; median over the loads with the weight files in the page cache (over all loads when none was cached).</source>
        <translation>从请求加载模型到可以接收提示的时间；取权重文件已在页缓存中的各次加载的中位数（若都未缓存，则取全部加载的中位数）。</translation>
    </message>
    <message>
        <source>Time to first token (TTFT)</source>
        <translation>首 Token 延迟（TTFT）</translation>
    </message>
    <message>
        <source>Time from handing over the prompt until the first output token of the batch is known; median over the counted runs.</source>
        <translation>从交付提示到得到该批首个输出 Token 的时间；取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>Time per output token (TPOT)</source>
        <translation>每 Token 延迟（TPOT）</translation>
    </message>
    <message>
        <source>(time of the last token - time of the first token) / (output tokens - 1) of one run; median over the counted runs.</source>
        <translation>单次运行的（末个 Token 的时刻 - 首个 Token 的时刻）/（输出 Token 数 - 1）；取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>Gap between tokens, p50</source>
        <translation>Token 间隔 p50</translation>
    </message>
    <message>
        <source>Median of all gaps between consecutive tokens, counted runs pooled. Gaps of one run depend on each other, so the interval is rather too narrow.</source>
        <translation>相邻 Token 间全部间隔的中位数，合并计入的各次运行。同一次运行内的间隔彼此相关，因此置信区间偏窄。</translation>
    </message>
    <message>
        <source>Gap between tokens, p95</source>
        <translation>Token 间隔 p95</translation>
    </message>
    <message>
        <source>95th percentile of all gaps between consecutive tokens, counted runs pooled; printed from 59 gaps on.</source>
        <translation>相邻 Token 间全部间隔的第 95 百分位数，合并计入的各次运行；间隔达到 59 个才给出。</translation>
    </message>
    <message>
        <source>Gap between tokens, p99</source>
        <translation>Token 间隔 p99</translation>
    </message>
    <message>
        <source>99th percentile of all gaps between consecutive tokens, counted runs pooled; printed from 299 gaps on.</source>
        <translation>相邻 Token 间全部间隔的第 99 百分位数，合并计入的各次运行；间隔达到 299 个才给出。</translation>
    </message>
    <message>
        <source>End-to-end time (E2E)</source>
        <translation>端到端时间（E2E）</translation>
    </message>
    <message>
        <source>Time from handing over the prompt until the last output token; median over the counted runs.</source>
        <translation>从交付提示到最后一个输出 Token 的时间；取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>Prefill speed</source>
        <translation>预填充速度</translation>
    </message>
    <message>
        <source>Prompt tokens of the whole batch / TTFT; median over the counted runs.</source>
        <translation>整批的提示 Token 数 / TTFT；取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>Decode speed for one user</source>
        <translation>单用户解码速度</translation>
    </message>
    <message>
        <source>1 / TPOT: what one user of the batch sees; median over the counted runs.</source>
        <translation>1 / TPOT：批中单个用户看到的速度；取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>Output throughput</source>
        <translation>输出吞吐</translation>
    </message>
    <message>
        <source>Output tokens of the whole batch / E2E, prefill included; median over the counted runs.</source>
        <translation>整批的输出 Token 数 / E2E，包含预填充；取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>Weights as loaded</source>
        <translation>加载后的权重</translation>
    </message>
    <message>
        <source>Bytes of the weights in memory, in the dtype the model was computed in.</source>
        <translation>权重在显存/内存中的字节数，按模型计算所用的 dtype。</translation>
    </message>
    <message>
        <source>Peak of tensor memory</source>
        <translation>张量峰值显存/内存</translation>
    </message>
    <message>
        <source>Most bytes of tensors alive at one time during a run, weights and KV cache included: on the CPU counted at the allocator, on CUDA the caching allocator&apos;s peak allocated.</source>
        <translation>一次运行中同时存活的张量的最大字节数，包含权重和 KV 缓存：在 CPU 上由分配器计数，在 CUDA 上为缓存分配器的峰值已分配量。</translation>
    </message>
    <message>
        <source>Peak reserved by the CUDA allocator</source>
        <translation>CUDA 分配器峰值保留显存</translation>
    </message>
    <message>
        <source>CUDA only: most bytes that the caching allocator held of the device during a run.</source>
        <translation>仅限 CUDA：一次运行中缓存分配器占有设备显存的最大字节数。</translation>
    </message>
    <message>
        <source>Peak of the worker process (host)</source>
        <translation>工作进程峰值内存（主机）</translation>
    </message>
    <message>
        <source>Largest resident set of the worker process in host memory since it started, its libraries included; on CUDA this is not device memory.</source>
        <translation>工作进程启动以来在主机内存中的最大常驻集，包含其库；在 CUDA 上这不是显存。</translation>
    </message>
    <message>
        <source>Worker process on the GPU</source>
        <translation>工作进程的 GPU 显存</translation>
    </message>
    <message>
        <source>CUDA only: device memory that the driver (NVML) counts for the worker process, CUDA context included.</source>
        <translation>仅限 CUDA：驱动（NVML）计在工作进程名下的显存，包含 CUDA 上下文。</translation>
    </message>
    <message>
        <source>Rise of the GPU&apos;s use</source>
        <translation>GPU 显存占用增量</translation>
    </message>
    <message>
        <source>CUDA only: use of the whole device (NVML) minus its use before loading; foreign processes can disturb it.</source>
        <translation>仅限 CUDA：整个设备的显存占用（NVML）减去加载前的占用；其他进程可能造成干扰。</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>right</source>
        <translation>答对</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>答错</translation>
    </message>
    <message>
        <source>unparsed</source>
        <translation>无法解析</translation>
    </message>
    <message>
        <source>truncated</source>
        <translation>被截断</translation>
    </message>
    <message>
        <source>error</source>
        <translation>出错</translation>
    </message>
</context>
<context>
    <name>Provenance</name>
    <message>
        <source>declared</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>derived</source>
        <translation>推导</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>测量</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>The times were taken in one session. Another day, another temperature or another neighbour on the machine can shift them by more than the printed intervals, which hold for this session only.</source>
        <translation>时间数据在同一次会话中取得。换一天、温度不同或机器上有其他负载，其变化都可能超出所列置信区间；这些区间只对本次会话成立。</translation>
    </message>
    <message>
        <source>Times and memory of a CPU do not carry over to a GPU: there even the order of the subjects may differ. Peak tensor memory on the CPU is not video memory.</source>
        <translation>CPU 上的时间和内存不能推广到 GPU：在 GPU 上，被测对象的排序都可能不同。CPU 上的张量峰值内存不是显存。</translation>
    </message>
    <message>
        <source>The benchmark uses prompts of fixed lengths, one batch at a time. A service with mixed lengths and many users queues and batches differently.</source>
        <translation>基准测试使用固定长度的提示，每次处理一批。提示长短不一、用户众多的服务，其排队和组批方式与此不同。</translation>
    </message>
    <message>
        <source>A suite measures its own kind of task. Nothing here says how the subjects do on other tasks, other languages or longer texts.</source>
        <translation>一个评测集只衡量其自身的那类任务。这里的结果不能说明被测对象在其他任务、其他语言或更长文本上的表现。</translation>
    </message>
    <message>
        <source>Answers were generated greedily, once for each item. Sampled answers can be better or worse, and their spread is not measured.</source>
        <translation>答案以贪心方式生成，每题一次。采样得到的答案可能更好或更差，其离散程度未作测量。</translation>
    </message>
    <message>
        <source>What distilling gained is read from one training of each model. Another seed may give another gain.</source>
        <translation>蒸馏的收益由每个模型的一次训练得出。换一个种子，收益可能不同。</translation>
    </message>
    <message>
        <source>The fingerprint of a subject covers names, shapes and dtypes of its tensors, the sizes of its files and samples of the weights, not every byte.</source>
        <translation>被测对象的指纹涵盖其张量的名称、形状和 dtype，文件大小，以及权重的抽样内容，并不涵盖每一个字节。</translation>
    </message>
    <message>
        <source>What these numbers cannot say</source>
        <translation>这些数字不能说明什么</translation>
    </message>
    <message>
        <source>With the %2 items of %1 a single accuracy is known to about %3 percentage points up or down at worst; smaller differences show only item by item, if at all.</source>
        <translation>%1 有 %2 道题目，单个准确率在最差情况下约有上下 %3 个百分点的误差；更小的差异只有逐题对比才可能看出。</translation>
    </message>
    <message>
        <source>The %1 p values are not corrected for their number: the more pairs are compared, the more often one falls below 0.05 by chance.</source>
        <translation>%1 个 p 值未作多重比较校正：对比的配对越多，越容易有 p 值偶然低于 0.05。</translation>
    </message>
    <message>
        <source>Prompt tokens</source>
        <translation>提示 Token 数</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>输出 Token 数</translation>
    </message>
    <message>
        <source>Batch sizes</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Counted runs of each load</source>
        <translation>每种负载计入的运行次数</translation>
    </message>
    <message>
        <source>Warm-up runs</source>
        <translation>预热运行次数</translation>
    </message>
    <message>
        <source>Loads of the model</source>
        <translation>模型加载次数</translation>
    </message>
    <message>
        <source>Dtype asked for</source>
        <translation>请求的 dtype</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>核数</translation>
    </message>
    <message>
        <source>Threads used</source>
        <translation>使用的线程数</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Computed in</source>
        <translation>计算所用 dtype</translation>
    </message>
    <message>
        <source>libtorch</source>
        <translation>libtorch</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Started (UTC)</source>
        <translation>开始时间（UTC）</translation>
    </message>
    <message>
        <source>Finished (UTC)</source>
        <translation>结束时间（UTC）</translation>
    </message>
    <message>
        <source>Load average, median</source>
        <translation>平均负载，中位数</translation>
    </message>
    <message>
        <source>Load average, highest</source>
        <translation>平均负载，最高</translation>
    </message>
    <message>
        <source>Loads</source>
        <translation>加载次数</translation>
    </message>
    <message>
        <source>Counted runs</source>
        <translation>计入的运行次数</translation>
    </message>
    <message>
        <source>Gaps between tokens</source>
        <translation>Token 间隔数</translation>
    </message>
    <message>
        <source>Suites</source>
        <translation>评测集</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>被测对象</translation>
    </message>
    <message>
        <source>Suite</source>
        <translation>评测集</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已作答</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>题目数</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>SHA-256 of the suite</source>
        <translation>评测集的 SHA-256</translation>
    </message>
    <message>
        <source>Definitions</source>
        <translation>定义</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Definition</source>
        <translation>定义</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>测量协议</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>基准测试</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>测量环境</translation>
    </message>
    <message>
        <source>Appendix: raw data</source>
        <translation>附录：原始数据</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Answered items</source>
        <translation>已作答题目数</translation>
    </message>
    <message>
        <source>Comparison of models</source>
        <translation>模型对比</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Values of the chart</source>
        <translation>图表数值</translation>
    </message>
    <message>
        <source>Ratios to %1</source>
        <translation>相对 %1 的比值</translation>
    </message>
    <message>
        <source>Key figures</source>
        <translation>关键数据</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Accuracy: %1</source>
        <translation>准确率：%1</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Where the subjects come from</source>
        <translation>被测对象的出处</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Fingerprint of the structure</source>
        <translation>结构指纹</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>注意：%1</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>被测对象</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Intervals are at 95 %: order statistics for medians, Wilson for rates. A value without an interval has too few samples for one; n tells how many.</source>
        <translation>置信区间均为 95 %：中位数用次序统计量，比例用 Wilson 法。没有区间的值样本太少；n 为样本数。</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>%1: not drawn. %2</source>
        <translation>%1：未绘制。%2</translation>
    </message>
    <message>
        <source>Item by item</source>
        <translation>逐题对比</translation>
    </message>
    <message>
        <source>Two subjects answered the same items. The difference of their accuracies is in percentage points, first minus second, with Newcombe&apos;s interval for paired proportions; p is McNemar&apos;s exact test on the items that only one of them has right.</source>
        <translation>两个被测对象回答相同的题目。准确率之差以百分点计，为第一个减第二个，附 Newcombe 配对比例置信区间；p 为对仅一方答对的题目所作的 McNemar 精确检验。</translation>
    </message>
    <message>
        <source>First</source>
        <translation>第一个</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>第二个</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Both right</source>
        <translation>都答对</translation>
    </message>
    <message>
        <source>Only first</source>
        <translation>仅第一个</translation>
    </message>
    <message>
        <source>Only second</source>
        <translation>仅第二个</translation>
    </message>
    <message>
        <source>Neither</source>
        <translation>都未答对</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>答题结果</translation>
    </message>
    <message>
        <source>What became of the items. Unparsed: an answer that the suite&apos;s rule does not find. Truncated: the output ended at its limit or while thinking. Error: no output. All of them count as not right.</source>
        <translation>各题目的结果。无法解析：评测集的规则找不到答案。被截断：输出到达上限，或在思考中结束。出错：没有输出。以上均不算答对。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>显存/内存</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Every sample and every answer behind this report is in its JSON form, which is attached to the PDF as results.json; each number there has the text that is printed here beside it.</source>
        <translation>本报告背后的每个样本和每个答案都在其 JSON 形式中，该文件以 results.json 附于 PDF；其中每个数值旁都有此处印出的文本。</translation>
    </message>
    <message>
        <source>Every load</source>
        <translation>全部负载</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Speed and memory are those under this load: %1.</source>
        <translation>速度和显存/内存均为此负载下的值：%1。</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>base</source>
        <translation>基础版</translation>
    </message>
    <message>
        <source>full</source>
        <translation>满血版</translation>
    </message>
    <message>
        <source>distilled</source>
        <translation>蒸馏版</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>RunState</name>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>Severity</name>
    <message>
        <source>info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>TableCopy</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy cell</source>
        <translation>复制单元格</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>复制为 CSV</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>There are no tensors to count.</source>
        <translation>没有可计数的张量。</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>the shapes of %1 tensors; %2 quantisation scales and %3 buffer elements are left out</source>
        <translation>%1 个张量的形状；不计 %2 个量化缩放因子和 %3 个缓冲区元素</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>the tensors&apos; sizes in the files&apos; headers: %1</source>
        <translation>文件头中的张量大小：%1</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>The config does not say.</source>
        <translation>配置中没有说明。</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>tokens, %1 scaling</source>
        <translation>Token，%1 缩放</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>tokens, window %1</source>
        <translation>Token，窗口 %1</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>The config does not say how many heads there are.</source>
        <translation>配置中没有说明有多少个注意力头。</translation>
    </message>
    <message>
        <source>%1 heads</source>
        <translation>%1 头</translation>
    </message>
    <message>
        <source>KV per token</source>
        <translation>每 Token KV</translation>
    </message>
    <message>
        <source>%1 layers, 2 bytes an element</source>
        <translation>%1 层，每元素 2 字节</translation>
    </message>
    <message>
        <source>The config does not say what the cache holds.</source>
        <translation>配置中没有说明缓存的内容。</translation>
    </message>
    <message>
        <source>at 16 bit</source>
        <translation>按 16 位</translation>
    </message>
    <message>
        <source>It needs the weights and the config.</source>
        <translation>需要权重和配置。</translation>
    </message>
    <message>
        <source>weights, config.json</source>
        <translation>权重，config.json</translation>
    </message>
    <message>
        <source>%1 active</source>
        <translation>激活 %1</translation>
    </message>
    <message>
        <source>%1 embedding</source>
        <translation>嵌入 %1</translation>
    </message>
    <message>
        <source>%1 heads, %2 KV</source>
        <translation>%1 头，%2 KV</translation>
    </message>
    <message>
        <source>, each %1 wide</source>
        <translation>，每头宽 %1</translation>
    </message>
    <message>
        <source>Memory at 8k</source>
        <translation>8k 显存/内存</translation>
    </message>
    <message>
        <source>weights %1 + KV cache %2 (8192 tokens of context, one sequence) + workspace %3</source>
        <translation>权重 %1 + KV 缓存 %2（上下文 8192 Token，单个序列）+ 工作区 %3</translation>
    </message>
    <message>
        <source>, of which %1 without the layers that predict further tokens</source>
        <translation>，其中不含多 Token 预测层的为 %1</translation>
    </message>
    <message>
        <source>estimate, as stored</source>
        <translation>估算，与存储一致</translation>
    </message>
</context>
<context>
    <name>assay::BenchJob</name>
    <message>
        <source>Benchmark</source>
        <translation>基准测试</translation>
    </message>
    <message>
        <source>loading %1/%2</source>
        <translation>加载 %1/%2</translation>
    </message>
    <message>
        <source>prompt %1, output %2, batch %3: warm-up</source>
        <translation>提示 %1，输出 %2，批大小 %3：预热</translation>
    </message>
    <message>
        <source>prompt %1, output %2, batch %3: %4/%5</source>
        <translation>提示 %1，输出 %2，批大小 %3：%4/%5</translation>
    </message>
</context>
<context>
    <name>assay::ChartWidget</name>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Measure: %1</source>
        <translation>测量：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 [%2, %3]</source>
        <translation>%1 [%2, %3]</translation>
    </message>
    <message>
        <source>n = %1</source>
        <translation>n = %1</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>Save as SVG or PNG...</source>
        <translation>另存为 SVG 或 PNG…</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>SVG (*.svg);;PNG (*.png)</source>
        <translation>SVG (*.svg);;PNG (*.png)</translation>
    </message>
</context>
<context>
    <name>assay::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>输入命令</translation>
    </message>
    <message>
        <source>Matching commands</source>
        <translation>匹配的命令</translation>
    </message>
</context>
<context>
    <name>assay::ComparePage</name>
    <message>
        <source>Headline</source>
        <translation>要点</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Paired comparisons: two subjects on the same items</source>
        <translation>配对对比：两个被测对象回答相同的题目</translation>
    </message>
    <message>
        <source>Paired comparisons</source>
        <translation>配对对比</translation>
    </message>
    <message>
        <source>Opening...</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>One model is open. Open another one to compare it with.</source>
        <translation>已打开一个模型。请再打开一个与之对比。</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Open at least two models to compare them: what was measured of them, and what is being measured, stands here side by side.</source>
        <translation>请至少打开两个模型进行对比：已测得和正在测量的数据在此并排显示。</translation>
    </message>
</context>
<context>
    <name>assay::ComparisonModel</name>
    <message>
        <source>%1   %2 x</source>
        <comment>value and ratio to the reference</comment>
        <translation>%1   %2 倍</translation>
    </message>
    <message>
        <source>%1 times %2</source>
        <translation>%2 的 %1 倍</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
</context>
<context>
    <name>assay::ComparisonTable</name>
    <message>
        <source>Search the table</source>
        <translation>搜索表格</translation>
    </message>
    <message>
        <source>Differences only</source>
        <translation>仅显示差异</translation>
    </message>
    <message>
        <source>Table of everything</source>
        <translation>完整表格</translation>
    </message>
    <message>
        <source>Reference of the ratios</source>
        <translation>比值的基准</translation>
    </message>
    <message>
        <source>Ratios to</source>
        <translation>比值基准</translation>
    </message>
</context>
<context>
    <name>assay::ConfigTab</name>
    <message>
        <source>Search fields and values</source>
        <translation>搜索字段和值</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Text of config.json</source>
        <translation>config.json 的文本</translation>
    </message>
    <message>
        <source>The folder has no config.json.</source>
        <translation>文件夹中没有 config.json。</translation>
    </message>
    <message>
        <source>The file is very large; only its first part is shown.</source>
        <translation>文件很大；只显示开头部分。</translation>
    </message>
</context>
<context>
    <name>assay::EvaluateJob</name>
    <message>
        <source>Accuracy: %1</source>
        <translation>准确率：%1</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>加载中</translation>
    </message>
    <message>
        <source>item %1/%2</source>
        <translation>题目 %1/%2</translation>
    </message>
    <message>
        <source>item %1: %2</source>
        <translation>题目 %1：%2</translation>
    </message>
</context>
<context>
    <name>assay::FactModel</name>
    <message>
        <source>%1
%2: %3</source>
        <translation>%1
%2：%3</translation>
    </message>
</context>
<context>
    <name>assay::FactTile</name>
    <message>
        <source>%1
%2: %3
Press to see and copy the evidence.</source>
        <translation>%1
%2：%3
按下可查看并复制证据。</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>assay::FileModel</name>
    <message>
        <source>configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>present</source>
        <translation>存在</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
</context>
<context>
    <name>assay::FilesTab</name>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The folder has no files that belong to a model.</source>
        <translation>文件夹中没有属于模型的文件。</translation>
    </message>
</context>
<context>
    <name>assay::FilterBar</name>
    <message>
        <source>Number of matches</source>
        <translation>匹配数</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>assay::FindingsTab</name>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Nothing odd was found.</source>
        <translation>未发现异常。</translation>
    </message>
</context>
<context>
    <name>assay::FirstRunPage</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>See what a model is, what it costs to run, and how it compares.</source>
        <translation>看清模型是什么、运行开销多大、与其他模型相比如何。</translation>
    </message>
    <message>
        <source>Or drop the folders of models anywhere on this window.</source>
        <translation>或把模型文件夹拖放到此窗口的任意位置。</translation>
    </message>
</context>
<context>
    <name>assay::InspectPage</name>
    <message>
        <source>Inspect</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Views of the subject</source>
        <translation>被测对象的视图</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层级结构</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Choose a subject on the left, or open a model&apos;s folder.</source>
        <translation>请在左侧选择被测对象，或打开模型文件夹。</translation>
    </message>
    <message>
        <source>Open a model...</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>%1 could not be opened</source>
        <translation>无法打开 %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Findings (%1)</source>
        <translation>发现（%1）</translation>
    </message>
</context>
<context>
    <name>assay::JobRow</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Nothing has been logged yet.</source>
        <translation>尚无日志。</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>剩余 %1 秒</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>剩余 %1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min left</source>
        <translation>剩余 %1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>finished, kept as run %1</source>
        <translation>已完成，运行记录保存为 %1</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled; what was measured until then is kept</source>
        <translation>已取消；此前测得的数据仍保留</translation>
    </message>
</context>
<context>
    <name>assay::JobsPanel</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Fold or unfold jobs</source>
        <translation>折叠或展开任务</translation>
    </message>
    <message>
        <source>Progress of the running job</source>
        <translation>进行中任务的进度</translation>
    </message>
    <message>
        <source>Show the jobs</source>
        <translation>显示任务</translation>
    </message>
    <message>
        <source>Fold to a line</source>
        <translation>折叠成一行</translation>
    </message>
    <message>
        <source>Jobs: none</source>
        <translation>任务：无</translation>
    </message>
    <message>
        <source>Jobs: %1 finished, %2 failed</source>
        <translation>任务：%1 个已完成，%2 个失败</translation>
    </message>
    <message>
        <source>Jobs: %1 finished</source>
        <translation>任务：%1 个已完成</translation>
    </message>
    <message>
        <source>Jobs: %1 (%2 waiting)</source>
        <translation>任务：%1（%2 个等待中）</translation>
    </message>
    <message>
        <source>Jobs: %1</source>
        <translation>任务：%1</translation>
    </message>
</context>
<context>
    <name>assay::LayerModel</name>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>%1
in %2 at byte %3</source>
        <translation>%1
位于 %2，第 %3 字节处</translation>
    </message>
    <message>
        <source>The row occurs %1 times</source>
        <translation>该行出现 %1 次</translation>
    </message>
</context>
<context>
    <name>assay::LayersTab</name>
    <message>
        <source>Filter: words of the name, dtype:bf16, shape:4096x1024</source>
        <translation>筛选：名称中的词、dtype:bf16、shape:4096x1024</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层级结构</translation>
    </message>
</context>
<context>
    <name>assay::MachineStatus</name>
    <message>
        <source>This machine: name, threads, memory that programs can still take, load average of the last minute. Other work on the machine spoils measurements.</source>
        <translation>本机：名称、线程数、程序还可占用的内存、最近一分钟的平均负载。机器上的其他工作会干扰测量。</translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation>%1 线程</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>load %1</source>
        <translation>负载 %1</translation>
    </message>
</context>
<context>
    <name>assay::MainWindow</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Main toolbar</source>
        <translation>主工具栏</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>The run could not be saved: %1</source>
        <translation>无法保存运行记录：%1</translation>
    </message>
    <message>
        <source>Open the folder of a model</source>
        <translation>打开模型所在的文件夹</translation>
    </message>
    <message>
        <source>The sample models were not found in %1. They come with the program; install it again.</source>
        <translation>在 %1 中没有找到示例模型。它们随程序提供；请重新安装。</translation>
    </message>
    <message>
        <source>Write the report</source>
        <translation>写出报告</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>正在写出 %1</translation>
    </message>
    <message>
        <source>The report could not be written: %1</source>
        <translation>无法写出报告：%1</translation>
    </message>
    <message>
        <source>Choose another place</source>
        <translation>另选位置</translation>
    </message>
    <message>
        <source>The report is in %1</source>
        <translation>报告位于 %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Closed: %1</source>
        <translation>已关闭：%1</translation>
    </message>
</context>
<context>
    <name>assay::MeasureDialog</name>
    <message>
        <source>Subjects</source>
        <translation>被测对象</translation>
    </message>
    <message>
        <source>Latency, throughput and memory</source>
        <translation>延迟、吞吐和显存/内存</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Several numbers, with commas between them, are measured in all combinations.</source>
        <translation>多个数值以逗号分隔，按全部组合测量。</translation>
    </message>
    <message>
        <source>Prompt tokens</source>
        <translation>提示 Token 数</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>输出 Token 数</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Repetitions</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Six is the least that gives a 95 % interval.</source>
        <translation>至少 6 次才能给出 95 % 置信区间。</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Runs before, kept but not counted.</source>
        <translation>正式测量之前的运行，保留但不计入。</translation>
    </message>
    <message>
        <source>Loads</source>
        <translation>加载次数</translation>
    </message>
    <message>
        <source>How often the model is loaded to time loading.</source>
        <translation>为测加载时间而加载模型的次数。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>与存储一致</translation>
    </message>
    <message>
        <source>Dtype</source>
        <translation>dtype</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>No suites were found.</source>
        <translation>没有找到评测集。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Tick at least one subject.</source>
        <translation>请至少勾选一个被测对象。</translation>
    </message>
    <message>
        <source>Tick something to measure.</source>
        <translation>请勾选要测量的内容。</translation>
    </message>
    <message>
        <source>Prompt tokens, output tokens and batch are whole numbers from 1 on, with commas between them.</source>
        <translation>提示 Token 数、输出 Token 数和批大小均为不小于 1 的整数，以逗号分隔。</translation>
    </message>
    <message>
        <source>Name a device.</source>
        <translation>请指定设备。</translation>
    </message>
    <message>
        <source>%1 needs about %2</source>
        <translation>%1 约需 %2</translation>
    </message>
    <message>
        <source>Only %1 of memory are free: %2.</source>
        <translation>可用内存只有 %1：%2。</translation>
    </message>
</context>
<context>
    <name>assay::MessageBar</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>assay::OverviewTab</name>
    <message>
        <source>Facts</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Nothing odd was found.</source>
        <translation>未发现异常。</translation>
    </message>
    <message>
        <source>Elements by component</source>
        <translation>各组件的元素数</translation>
    </message>
    <message>
        <source>Bytes by dtype</source>
        <translation>各 dtype 的字节数</translation>
    </message>
    <message>
        <source>%1 bytes, %2 elements in %3 tensors</source>
        <translation>%1 字节，%2 个元素，%3 个张量</translation>
    </message>
    <message>
        <source>Show all, with reasons</source>
        <translation>显示全部及原因</translation>
    </message>
</context>
<context>
    <name>assay::PairModel</name>
    <message>
        <source>Suite</source>
        <translation>评测集</translation>
    </message>
    <message>
        <source>First</source>
        <translation>第一个</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>第二个</translation>
    </message>
    <message>
        <source>Difference (points)</source>
        <translation>差值（百分点）</translation>
    </message>
    <message>
        <source>Accuracy of the first minus that of the second in percentage points, with its 95 % interval (Newcombe 1998, method 10)</source>
        <translation>第一个的准确率减第二个的，以百分点计，附 95 % 置信区间（Newcombe 1998，方法 10）</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>Exact two-sided McNemar test on the items that only one of the two got right</source>
        <translation>对仅一方答对的题目所作的双侧 McNemar 精确检验</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Items that both were asked</source>
        <translation>双方都被问到的题目数</translation>
    </message>
    <message>
        <source>Only first : only second</source>
        <translation>仅第一个：仅第二个</translation>
    </message>
    <message>
        <source>Items that only the first, and only the second, got right</source>
        <translation>仅第一个答对的题目数，仅第二个答对的题目数</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
</context>
<context>
    <name>assay::PdfReport</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>Date: %1</source>
        <translation>日期：%1</translation>
    </message>
    <message>
        <source>Made with Assay %1</source>
        <translation>由 Assay %1 生成</translation>
    </message>
    <message>
        <source>The raw results are attached to this file as results.json.</source>
        <translation>原始结果以 results.json 附于本文件。</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>number and title of a section</comment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>title of a chart and why it is missing</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Figure %1: %2</source>
        <translation>图 %1：%2</translation>
    </message>
</context>
<context>
    <name>assay::RecentMenu</name>
    <message>
        <source>Open Recent</source>
        <translation>打开最近</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
</context>
<context>
    <name>assay::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Worker command</source>
        <translation>工作进程命令</translation>
    </message>
    <message>
        <source>Measures on this machine when empty. On another: ssh HOST assay-worker. It holds for jobs that are started from now on; the models must lie under the same paths there.</source>
        <translation>留空则在本机测量。在另一台机器上测量：ssh HOST assay-worker。对此后启动的任务生效；模型在那里须位于相同的路径下。</translation>
    </message>
    <message>
        <source>Open the subjects of the last time at the start</source>
        <translation>启动时打开上次的被测对象</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
</context>
<context>
    <name>assay::ShortcutList</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>assay::StatePage</name>
    <message>
        <source>Loading</source>
        <translation>加载中</translation>
    </message>
</context>
<context>
    <name>assay::SubjectJob</name>
    <message>
        <source>cancelling</source>
        <translation>正在取消</translation>
    </message>
</context>
<context>
    <name>assay::SubjectModel</name>
    <message>
        <source>Reading...</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>could not be opened</source>
        <translation>无法打开</translation>
    </message>
</context>
<context>
    <name>assay::SubjectPanel</name>
    <message>
        <source>Subjects</source>
        <translation>被测对象</translation>
    </message>
</context>
<context>
    <name>assay::TableTab</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
</context>
<context>
    <name>assay::WorkerClient</name>
    <message>
        <source>killed by signal 9, perhaps because memory ran out</source>
        <translation>被信号 9 终止，可能因为内存耗尽</translation>
    </message>
    <message>
        <source>stopped by signal %1</source>
        <translation>被信号 %1 终止</translation>
    </message>
    <message>
        <source>exit code %1, perhaps because memory ran out</source>
        <translation>退出码 %1，可能因为内存耗尽</translation>
    </message>
    <message>
        <source>exit code %1</source>
        <translation>退出码 %1</translation>
    </message>
    <message>
        <source>it closed its connection</source>
        <translation>它关闭了连接</translation>
    </message>
    <message>
        <source>a line is longer than 64 MiB</source>
        <translation>有一行超过 64 MiB</translation>
    </message>
    <message>
        <source>the worker asks a question</source>
        <translation>工作进程提出了请求</translation>
    </message>
    <message>
        <source>An answer to no question was ignored (%1)</source>
        <translation>忽略了一个没有对应请求的应答（%1）</translation>
    </message>
    <message>
        <source>a notification names no request</source>
        <translation>有通知未指明请求</translation>
    </message>
    <message numerus="yes">
        <source>(%n line(s) left out)</source>
        <translation>
            <numerusform>（省略 %n 行）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>assay::exportReport</name>
    <message>
        <source>A report cannot be written as &quot;%1&quot;: use .pdf, .html, .md, .csv or .json</source>
        <translation>报告无法写成“%1”：请使用 .pdf、.html、.md、.csv 或 .json</translation>
    </message>
</context>
</TS>
