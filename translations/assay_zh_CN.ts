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
    <message>
        <source>Open a File...</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Opens one file of weights: safetensors, GGUF, PyTorch, ONNX</source>
        <translation>打开一个权重文件：safetensors、GGUF、PyTorch、ONNX</translation>
    </message>
    <message>
        <source>Open an Address...</source>
        <translation>打开地址…</translation>
    </message>
    <message>
        <source>Opens a model on a server, reading its headers only</source>
        <translation>打开服务器上的模型，只读取文件头</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>What differs between the chosen subjects, or between all</source>
        <translation>所选（或全部）被测对象之间的差异</translation>
    </message>
    <message>
        <source>Difference Page</source>
        <translation>差异页</translation>
    </message>
    <message>
        <source>What differs between subjects, part by part and field by field</source>
        <translation>被测对象之间逐部分、逐字段的差异</translation>
    </message>
    <message>
        <source>Add an Endpoint...</source>
        <translation>添加端点…</translation>
    </message>
    <message>
        <source>Asks a server&apos;s API what it is, and lists it as a subject</source>
        <translation>询问服务器的 API 它是什么，并将其列为被测对象</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Everything that was ever measured here, with its samples</source>
        <translation>在此测量过的全部数据及其样本</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Where models can be measured, and what each device can do</source>
        <translation>可在何处测量模型，以及每个设备的能力</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>What the subjects answered, item by item, and how far they are apart</source>
        <translation>逐题查看各被测对象的回答以及差距</translation>
    </message>
    <message>
        <source>Hold Against a Reference...</source>
        <translation>与基准对照…</translation>
    </message>
    <message>
        <source>Compares what models say of each token of a text with what the full one says</source>
        <translation>将各模型对文本中每个 Token 的预测与完整模型的预测相比较</translation>
    </message>
    <message>
        <source>Verify...</source>
        <translation>核实...</translation>
    </message>
    <message>
        <source>Checks whether the subject is what it is said to be</source>
        <translation>检查被测对象是否如其所称</translation>
    </message>
    <message>
        <source>Verify Page</source>
        <translation>核实页面</translation>
    </message>
    <message>
        <source>Whether the chosen subject is what it is said to be, and on what evidence</source>
        <translation>所选被测对象是否如其所称，以及依据哪些证据</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>Whether endpoints are still what they were, and keep what was agreed</source>
        <translation>端点是否仍与从前一样，是否遵守约定</translation>
    </message>
</context>
<context>
    <name>Architecture</name>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>learned positions</source>
        <translation>可学习的位置</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>%1 {1:head|heads}</source>
        <translation>%1 头</translation>
    </message>
    <message>
        <source>%1 {1:head|heads}, %2 KV</source>
        <translation>%1 头，%2 KV 头</translation>
    </message>
    <message>
        <source>of %1 each</source>
        <translation>每头 %1</translation>
    </message>
    <message>
        <source>KV rank %1 + %2</source>
        <translation>KV 秩 %1 + %2</translation>
    </message>
    <message>
        <source>window %1</source>
        <translation>窗口 %1</translation>
    </message>
    <message>
        <source>rotary positions</source>
        <translation>旋转位置</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>width %1</source>
        <translation>宽度 %1</translation>
    </message>
    <message>
        <source>gated %1</source>
        <translation>门控 %1</translation>
    </message>
    <message>
        <source>%1 {1:expert|experts}</source>
        <translation>%1 个专家</translation>
    </message>
    <message>
        <source>%1 active</source>
        <translation>激活 %1 个</translation>
    </message>
    <message>
        <source>, %1 shared</source>
        <translation>，%1 个共享</translation>
    </message>
    <message>
        <source>first %1 dense: %2</source>
        <translation>前 %1 层稠密：%2</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>the embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>%1 x</source>
        <translation>%1 ×</translation>
    </message>
    <message>
        <source>%1 {1:layer|layers}</source>
        <translation>%1 层</translation>
    </message>
    <message>
        <source>Further tokens</source>
        <translation>多 Token 预测</translation>
    </message>
    <message>
        <source>layers: %1</source>
        <translation>层：%1</translation>
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
    <message>
        <source>In which the model is computed; auto: as it is stored; int8: INT8 of the full model (dynamic), its matrices rounded while they are loaded, on the CPU.</source>
        <translation>计算模型所用的类型；auto：按存储的类型；int8：完整模型的 INT8（动态），在 CPU 上，加载时对其矩阵取整。</translation>
    </message>
    <message>
        <source>%1 Several, with commas, are measured one after the other.</source>
        <translation>%1 可用逗号给出多个，依次测量。</translation>
    </message>
    <message>
        <source>Repetitions of each point; 6 give a 95 % interval. Usual: %1, of passes %2.</source>
        <translation>每个测点的重复次数；6 次可给出 95 % 区间。通常：%1，前向通过为 %2。</translation>
    </message>
    <message>
        <source>Runs before, kept but not counted. Usual: %1, of passes %2.</source>
        <translation>之前的预热运行，保留但不计入。通常：%1，前向通过为 %2。</translation>
    </message>
    <message>
        <source>What a TorchScript module is given: type and sizes of a random tensor, i64[1,128]&lt;30522 for whole numbers below a limit, or int=5, float=0.5, bool=true, none; once for each argument of its forward.</source>
        <translation>给 TorchScript 模块的输入：随机张量的类型与尺寸，i64[1,128]&lt;30522 表示小于上限的整数，或 int=5、float=0.5、bool=true、none；forward 的每个参数给一次。</translation>
    </message>
    <message>
        <source>The machine where models lie and run, one of `assay machines` or a command such as &quot;ssh HOST&quot;; for one model alone: MACHINE:/path/to/model.</source>
        <translation>存放并运行模型的机器：`assay machines` 所列之一，或“ssh HOST”这样的命令；只针对一个模型时：MACHINE:/path/to/model。</translation>
    </message>
    <message>
        <source>The environment variable that holds the endpoint&apos;s key; else the system&apos;s key store is asked, then ASSAY_KEY.</source>
        <translation>存放端点密钥的环境变量；否则先查询系统密钥库，再查询 ASSAY_KEY。</translation>
    </message>
    <message>
        <source>Tokens that the context holds already when the prompt comes.</source>
        <translation>提示到来时上下文中已有的 Token 数。</translation>
    </message>
    <message>
        <source>On a GPU auto decodes by recorded graphs where the model allows it, eager step by step.</source>
        <translation>在 GPU 上，auto 在模型允许时以录制的计算图解码，eager 逐步解码。</translation>
    </message>
    <message>
        <source>On a GPU each token is copied to the host before the next one begins, as for somebody who reads along.</source>
        <translation>在 GPU 上，每个 Token 先复制到主机，再开始下一个，如同有人同步阅读。</translation>
    </message>
    <message>
        <source>Which of the endpoint&apos;s models; needed where it lists several.</source>
        <translation>使用端点的哪个模型；端点列出多个模型时必须给出。</translation>
    </message>
    <message>
        <source>How the endpoint is asked; else it is found by asking.</source>
        <translation>向端点请求时所用的方言；否则通过询问确定。</translation>
    </message>
    <message>
        <source>Closed loop: requests in flight, one level after the other.</source>
        <translation>闭环：在途请求数，各级依次测量。</translation>
    </message>
    <message>
        <source>Open loop: arrivals per second, whatever is still open; of a trace how much faster.</source>
        <translation>开环：每秒到达数，与尚未完成的请求无关；对轨迹而言则是加快的倍数。</translation>
    </message>
    <message>
        <source>When requests of an open loop come; a file holds a number of seconds on each line.</source>
        <translation>开环请求的到达时刻；文件每行为一个秒数。</translation>
    </message>
    <message>
        <source>Of an open loop: more wait, and their waiting counts.</source>
        <translation>用于开环：超出的请求排队等待，等待时间计入。</translation>
    </message>
    <message>
        <source>Counted requests of each level; else --runs times the concurrency or rate.</source>
        <translation>每级计入的请求数；否则为 --runs 乘以并发数或速率。</translation>
    </message>
    <message>
        <source>Length of each level.</source>
        <translation>每级的时长。</translation>
    </message>
    <message>
        <source>Cold: no prompt begins like another. Warm: the same again.</source>
        <translation>冷：任何两个提示的开头都不相同。热：重复同一提示。</translation>
    </message>
    <message>
        <source>Of 429, 503 and lost connections; each try is recorded.</source>
        <translation>针对 429、503 和连接丢失；每次尝试都有记录。</translation>
    </message>
    <message>
        <source>What a good request keeps, in seconds (ttft, ttfa, tpot, e2e, gap), or the name of a set; may be given several times.</source>
        <translation>合格请求须满足的上限，以秒计（ttft、ttfa、tpot、e2e、gap），或一组服务目标的名称；可多次给出。</translation>
    </message>
    <message>
        <source>Ends the run before it could cost more; needs --prices.</source>
        <translation>在费用可能超出之前结束运行；需要 --prices。</translation>
    </message>
    <message>
        <source>Ends the run before it could take more tokens, of prompts and answers.</source>
        <translation>在 Token 用量可能超出之前结束运行，提示与回答合计。</translation>
    </message>
    <message>
        <source>Ends the run after so many requests, repeated ones included.</source>
        <translation>达到此请求数后结束运行，重试的请求也计入。</translation>
    </message>
    <message>
        <source>Ends the run after this time.</source>
        <translation>达到此时间后结束运行。</translation>
    </message>
    <message>
        <source>Per million tokens.</source>
        <translation>每百万 Token 的价格。</translation>
    </message>
    <message>
        <source>Of the prices; usual: USD.</source>
        <translation>价格的货币；通常：USD。</translation>
    </message>
    <message>
        <source>Else the endpoint&apos;s own.</source>
        <translation>否则用端点自己的默认值。</translation>
    </message>
    <message>
        <source>Asked where the dialect knows it.</source>
        <translation>在方言支持时提出要求。</translation>
    </message>
    <message>
        <source>Version of HTTP.</source>
        <translation>HTTP 版本。</translation>
    </message>
    <message>
        <source>Else the environment&apos;s.</source>
        <translation>否则用环境变量所设的代理。</translation>
    </message>
    <message>
        <source>Certificates to trust instead of the system&apos;s.</source>
        <translation>代替系统证书的受信任证书。</translation>
    </message>
    <message>
        <source>numbers from 0 on, with commas</source>
        <translation>不小于 0 的数，以逗号分隔</translation>
    </message>
    <message>
        <source>a number above 0</source>
        <translation>一个大于 0 的数</translation>
    </message>
    <message>
        <source>numbers above 0, with commas</source>
        <translation>大于 0 的数，以逗号分隔</translation>
    </message>
    <message>
        <source>--concurrency is a closed loop and --rate an open one: give one of them</source>
        <translation>--concurrency 是闭环，--rate 是开环：请只给出其中之一</translation>
    </message>
    <message>
        <source>limits in seconds such as ttft=0.5,tpot=0.05, or one of: %1</source>
        <translation>以秒计的上限，例如 ttft=0.5,tpot=0.05，或以下之一：%1</translation>
    </message>
    <message>
        <source>two or three numbers: of prompts, of answers, of cached prompts</source>
        <translation>两个或三个数：提示、回答、缓存提示的价格</translation>
    </message>
    <message>
        <source>--limit-money needs --prices</source>
        <translation>--limit-money 需要 --prices</translation>
    </message>
    <message>
        <source>Leaves out levels beyond the one where the endpoint is saturated.</source>
        <translation>略去端点饱和那一级之后的各级。</translation>
    </message>
    <message>
        <source>Answers of full length, where the dialect can ask for it.</source>
        <translation>在方言能够要求时，让回答达到全长。</translation>
    </message>
    <message>
        <source>Answers are measured and not kept.</source>
        <translation>回答只测量，不保留。</translation>
    </message>
    <message>
        <source>a number from 0 on</source>
        <translation>一个不小于 0 的数</translation>
    </message>
    <message>
        <source>it is no JSON object</source>
        <translation>它不是 JSON 对象</translation>
    </message>
    <message>
        <source>A plan to begin with; other options change it.</source>
        <translation>作为起点的方案；其他选项会更改它。</translation>
    </message>
    <message>
        <source>A plan that --save-plan has written; other options change it.</source>
        <translation>由 --save-plan 写出的方案；其他选项会更改它。</translation>
    </message>
    <message>
        <source>Writes the plan and measures nothing.</source>
        <translation>只写出方案，不作测量。</translation>
    </message>
    <message>
        <source>Loads before the others with the weight files out of the page cache.</source>
        <translation>先于其他加载，在权重文件不在页缓存时加载。</translation>
    </message>
    <message>
        <source>Does not measure read bandwidth and matrix rate before: a second or two less, and no shares of them.</source>
        <translation>事先不测读取带宽和矩阵运算速率：省一两秒，但没有相应的占比。</translation>
    </message>
    <message>
        <source>Prompts that are generated together; more than one is faster, but may decide between nearly equal tokens otherwise.</source>
        <translation>一起生成的提示词数；大于 1 更快，但几乎相等的 Token 可能取舍不同。</translation>
    </message>
    <message>
        <source>Answers to each item that is generated; usual: 1.</source>
        <translation>每道生成题的回答数；默认：1。</translation>
    </message>
    <message>
        <source>0, the usual one, is greedy.</source>
        <translation>默认为 0，即贪心解码。</translation>
    </message>
    <message>
        <source>Samples among the likeliest tokens that have this probability together; usual: 1, all.</source>
        <translation>在累计概率达到此值的最可能 Token 中采样；默认：1，即全部。</translation>
    </message>
    <message>
        <source>Each sample of each item has a seed made of this; usual: 0.</source>
        <translation>每题每个样本的种子由此生成；默认：0。</translation>
    </message>
    <message>
        <source>Which chat template, where a model has several.</source>
        <translation>模型有多个对话模板时使用哪一个。</translation>
    </message>
    <message>
        <source>Only the suite&apos;s first items.</source>
        <translation>只取评测集的前若干题。</translation>
    </message>
    <message>
        <source>Of each answer, instead of the suite&apos;s limit.</source>
        <translation>每个回答的上限，取代评测集的上限。</translation>
    </message>
    <message>
        <source>Of the windows that a text is cut into for its perplexity; usual: 512.</source>
        <translation>计算困惑度时文本切分窗口的大小；默认：512。</translation>
    </message>
    <message>
        <source>Scores every token of a text, so many in each window; else the second half of each window, as llama.cpp does.</source>
        <translation>为文本的每个 Token 评分，每个窗口评这么多个；否则与 llama.cpp 一样只评每个窗口的后半部分。</translation>
    </message>
    <message>
        <source>Requests in flight at an endpoint; usual: 16.</source>
        <translation>端点上同时进行的请求数；默认：16。</translation>
    </message>
    <message>
        <source>Of 429, 503 and lost connections; each try is told. Usual: 4.</source>
        <translation>遇到 429、503 和连接丢失时的尝试次数；每次尝试都会说明。默认：4。</translation>
    </message>
    <message>
        <source>a number above 0, at most 1</source>
        <translation>大于 0 且不超过 1 的数</translation>
    </message>
    <message>
        <source>Puts prompts into the model&apos;s chat template as a user&apos;s message; an endpoint&apos;s chat API does so always.</source>
        <translation>将提示词作为用户消息放入模型的对话模板；端点的对话 API 总是如此。</translation>
    </message>
    <message>
        <source>Asks for the letter of a choice in words, which is another metric than the log-likelihood of choices.</source>
        <translation>用文字询问选项字母，这与选项的对数似然是不同的指标。</translation>
    </message>
    <message>
        <source>Also measures models that exist in memory alone: int8; prune50, with the smallest half of each matrix set to zero; prune2:4, with two of four numbers kept. bf16+prune50 computes in bf16.</source>
        <translation>同时测量只存在于内存中的模型：int8；prune50，将每个矩阵中最小的一半置零；prune2:4，每四个数保留两个。bf16+prune50 以 bf16 计算。</translation>
    </message>
    <message>
        <source>What prompts of models are made of: random tokens or text. Usual: text for mixtures of experts that have a tokenizer, since their routing follows what is said; else random tokens.</source>
        <translation>模型的提示由什么构成：随机 Token 或文本。默认：有分词器的混合专家模型用文本，因为其路由取决于内容；其他用随机 Token。</translation>
    </message>
    <message>
        <source>--what-if knows int8, prune1 to prune99 and prune2:4, not %1</source>
        <translation>--what-if 可用 int8、prune1 至 prune99 和 prune2:4，而不是 %1</translation>
    </message>
    <message>
        <source>the run began without --%1, which cannot be changed while it goes on</source>
        <translation>该运行开始时没有 --%1，继续时不能更改</translation>
    </message>
    <message>
        <source>the run began with --%1 %2, which cannot be changed while it goes on</source>
        <translation>该运行开始时用的是 --%1 %2，继续时不能更改</translation>
    </message>
    <message>
        <source>Of an endpoint: the file of JSON lines that keeps every request and answer, keys blanked. What it holds of a run that was broken off is not asked again.</source>
        <translation>用于端点：以 JSON 行保存每个请求和回答的文件，密钥已抹去。其中已有的中断运行的内容不会再次请求。</translation>
    </message>
    <message>
        <source>at most %1 requests, %2 tokens of prompts, %3 of answers</source>
        <translation>最多 %1 个请求、%2 个提示 Token、%3 个回答 Token</translation>
    </message>
    <message>
        <source>What the endpoint is said to run on, &quot;8x H800&quot;, or its bandwidth, &quot;3350 GB/s&quot;: tokens that come faster than it reads the claimed weights count against the claim. Asked from the standard size on.</source>
        <translation>声称端点所用的硬件，如“8x H800”，或其带宽，如“3350 GB/s”：若 Token 到来得比其读取所声明权重还快，即视为与声明不利。从 standard 规模起询问。</translation>
    </message>
    <message>
        <source>--hardware names nothing whose bandwidth is known, the claimed model&apos;s active parameters are not known, or the size is quick</source>
        <translation>--hardware 未给出带宽已知的硬件，或所声明模型的激活参数未知，或规模为 quick</translation>
    </message>
    <message>
        <source>; %1 of the requests go to the reference</source>
        <translation>；其中 %1 个请求发往参考端</translation>
    </message>
    <message>
        <source>; before that the reference writes at most %1 answers here, where none are kept from an earlier run</source>
        <translation>；在此之前，若无先前运行保留的回答，参考端最多在此写出 %1 个回答</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Suite</source>
        <translation>评测集</translation>
    </message>
    <message>
        <source>They were not asked the same questions.</source>
        <translation>两者被问的题目不同。</translation>
    </message>
    <message>
        <source>Scorer</source>
        <translation>评分器</translation>
    </message>
    <message>
        <source>The scores measure different things; judging one run again by the other&apos;s scorer makes them comparable.</source>
        <translation>两者的分数含义不同；用对方的评分器重新评判其中一次运行即可比较。</translation>
    </message>
    <message>
        <source>Version of the scorer</source>
        <translation>评分器版本</translation>
    </message>
    <message>
        <source>Judging the older run again settles it.</source>
        <translation>重新评判较早的运行即可解决。</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Tools differ in prompts, in how they cut thinking and in how they extract answers.</source>
        <translation>各工具的提示词、去除思考内容的方式和提取回答的方式不同。</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>The same question reached them in other words.</source>
        <translation>同一问题以不同措辞送达两者。</translation>
    </message>
    <message>
        <source>Before each prompt</source>
        <translation>提示词之前</translation>
    </message>
    <message>
        <source>A missing or doubled beginning-of-text token alone can cost most of the accuracy.</source>
        <translation>仅缺少或重复文本起始 Token 就可能使准确率大幅下降。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Sampling changes the rate of right answers.</source>
        <translation>采样会改变答对率。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>One may have thought longer than the other.</source>
        <translation>其中一方可能思考得更久。</translation>
    </message>
    <message>
        <source>Windows of texts</source>
        <translation>文本窗口</translation>
    </message>
    <message>
        <source>Perplexities over other windows cannot be compared.</source>
        <translation>不同窗口的困惑度不可比较。</translation>
    </message>
    <message>
        <source>Preparation of images</source>
        <translation>图像预处理</translation>
    </message>
    <message>
        <source>Each model has its own; it belongs to the subject.</source>
        <translation>每个模型各有其预处理，属于被测对象本身。</translation>
    </message>
    <message>
        <source>Samples of each item</source>
        <translation>每题采样数</translation>
    </message>
    <message>
        <source>Scores are averaged per item first.</source>
        <translation>分数先按题取平均。</translation>
    </message>
    <message>
        <source>Computed in</source>
        <translation>计算类型</translation>
    </message>
    <message>
        <source>Rounding flips a few answers.</source>
        <translation>舍入会使少数回答翻转。</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Other kernels round otherwise, which flips a few answers.</source>
        <translation>不同内核的舍入不同，会使少数回答翻转。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Prompts together</source>
        <translation>同批提示词数</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>%1: %2 against %3. %4</source>
        <translation>%1：%2 对比 %3。%4</translation>
    </message>
    <message>
        <source>Longest answer, in tokens</source>
        <translation>最长回答（Token 数）</translation>
    </message>
    <message>
        <source>A lower limit cuts answers off.</source>
        <translation>更低的上限会截断回答。</translation>
    </message>
    <message>
        <source>as the suite says</source>
        <translation>按评测集的规定</translation>
    </message>
</context>
<context>
    <name>Claim</name>
    <message>
        <source>Identity</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>性能</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Active parameters</source>
        <translation>激活参数量</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表大小</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>模态</translation>
    </message>
    <message>
        <source>Size of the weights</source>
        <translation>权重大小</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Weights pruned</source>
        <translation>剪枝的权重</translation>
    </message>
    <message>
        <source>Attention saved</source>
        <translation>节省的注意力计算</translation>
    </message>
    <message>
        <source>Parameters, full over distilled</source>
        <translation>参数量，满血版与蒸馏版之比</translation>
    </message>
    <message>
        <source>Work of a token, full over distilled</source>
        <translation>每 Token 计算量，满血版与蒸馏版之比</translation>
    </message>
    <message>
        <source>Model type</source>
        <translation>模型类型</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>Feed-forward size</source>
        <translation>前馈层大小</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>注意力头数</translation>
    </message>
    <message>
        <source>Key and value heads</source>
        <translation>键和值的头数</translation>
    </message>
    <message>
        <source>Head dimension</source>
        <translation>注意力头维度</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>RoPE base</source>
        <translation>RoPE 基数</translation>
    </message>
    <message>
        <source>Epsilon of the norms</source>
        <translation>归一化层的 epsilon</translation>
    </message>
    <message>
        <source>Routed experts</source>
        <translation>路由专家数</translation>
    </message>
    <message>
        <source>Experts a token</source>
        <translation>每 Token 专家数</translation>
    </message>
    <message>
        <source>Shared experts</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>Feed-forward size of an expert</source>
        <translation>单个专家的前馈层大小</translation>
    </message>
    <message>
        <source>Dense layers first</source>
        <translation>起始稠密层数</translation>
    </message>
    <message>
        <source>Rank of latent keys and values</source>
        <translation>潜在键和值的秩</translation>
    </message>
    <message>
        <source>Rank of latent queries</source>
        <translation>潜在查询的秩</translation>
    </message>
    <message>
        <source>Next-token layers</source>
        <translation>下一 Token 预测层数</translation>
    </message>
    <message>
        <source>Embeddings tied</source>
        <translation>嵌入共享</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首 Token 延迟</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>Speed, over the full version&apos;s</source>
        <translation>速度，与满血版之比</translation>
    </message>
    <message>
        <source>Latency against the full version&apos;s</source>
        <translation>延迟，与满血版相比</translation>
    </message>
    <message>
        <source>Accuracy on images</source>
        <translation>图像准确率</translation>
    </message>
    <message>
        <source>Field of the answer&apos;s headers</source>
        <translation>回答头部的字段</translation>
    </message>
    <message>
        <source>Field of the answer</source>
        <translation>回答的字段</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
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
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Name in the first subject</source>
        <translation>在第一个被测对象中的名称</translation>
    </message>
    <message>
        <source>Relative difference</source>
        <translation>相对差异</translation>
    </message>
    <message>
        <source>Norm of the difference / norm of the second: 0 for equal ones</source>
        <translation>差的范数 / 第二个的范数：相等时为 0</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>1 for the same direction, near 0 for unrelated ones</source>
        <translation>方向相同时为 1，无关时接近 0</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>相等</translation>
    </message>
    <message>
        <source>Share of elements that have the same value</source>
        <translation>值相同的元素所占比例</translation>
    </message>
    <message>
        <source>Largest difference</source>
        <translation>最大差异</translation>
    </message>
    <message>
        <source>Of one element</source>
        <translation>单个元素</translation>
    </message>
    <message>
        <source>Numbers in the weight</source>
        <translation>权重中的数值个数</translation>
    </message>
    <message>
        <source>Its name in the other subject, or why it was not compared</source>
        <translation>在另一被测对象中的名称，或未作比较的原因</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Its full name</source>
        <translation>完整名称</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Least finite value</source>
        <translation>最小的有限值</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Greatest finite value</source>
        <translation>最大的有限值</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Over the finite values</source>
        <translation>对有限值计算</translation>
    </message>
    <message>
        <source>Std</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Standard deviation of the finite values</source>
        <translation>有限值的标准差</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>零</translation>
    </message>
    <message>
        <source>Values that are exactly zero</source>
        <translation>恰为零的值</translation>
    </message>
    <message>
        <source>NaN, Inf</source>
        <translation>NaN、Inf</translation>
    </message>
    <message>
        <source>Values that are not finite</source>
        <translation>非有限的值</translation>
    </message>
    <message>
        <source>Format of weights, or what the file is for</source>
        <translation>权重的格式，或文件的用途</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>哈希</translation>
    </message>
    <message>
        <source>Whether the content has the hash that it should have</source>
        <translation>内容的哈希是否与应有的一致</translation>
    </message>
    <message>
        <source>Expected hash</source>
        <translation>应有的哈希</translation>
    </message>
    <message>
        <source>The hash that the file should have, and who says so</source>
        <translation>文件应有的哈希，以及依据</translation>
    </message>
    <message>
        <source>Pickle</source>
        <translation>Pickle</translation>
    </message>
    <message>
        <source>What loading the file with Python would do; nothing was executed to tell</source>
        <translation>用 Python 加载该文件会做什么；得出结论时没有执行任何代码</translation>
    </message>
    <message>
        <source>The numbers and fields behind it</source>
        <translation>背后的数值和字段</translation>
    </message>
    <message>
        <source>Acknowledged by</source>
        <translation>确认人</translation>
    </message>
    <message>
        <source>Who knows of it and takes it on, with a note</source>
        <translation>谁已知晓并承担，附备注</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>What the field is for</source>
        <translation>字段的用途</translation>
    </message>
    <message>
        <source>Where the tensor lies; of repeats the first</source>
        <translation>张量所在的位置；重复的取第一个</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>偏移</translation>
    </message>
    <message>
        <source>The tensor&apos;s first byte in its file; of repeats the first</source>
        <translation>张量在文件中的首字节；重复的取第一个</translation>
    </message>
    <message>
        <source>Bits per weight</source>
        <translation>每权重位数</translation>
    </message>
    <message>
        <source>Bytes times 8 by elements, as they are stored</source>
        <translation>字节数乘 8 除以元素数（按存储形式）</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Weight, scale of a quantisation, or buffer; told by name, dtype and shape</source>
        <translation>权重、量化缩放因子或缓冲区；由名称、dtype 和形状判断</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>项</translation>
    </message>
    <message>
        <source>What takes memory</source>
        <translation>占用内存的内容</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>Lower end of the estimate</source>
        <translation>估计的下限</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>Upper end of the estimate</source>
        <translation>估计的上限</translation>
    </message>
    <message>
        <source>How it comes about</source>
        <translation>由来</translation>
    </message>
    <message>
        <source>The formula with its numbers, or the source of an assumption</source>
        <translation>代入数值的公式，或假设的来源</translation>
    </message>
    <message>
        <source>Statistic</source>
        <translation>统计量</translation>
    </message>
    <message>
        <source>Over all finite values of the tensor</source>
        <translation>对张量的所有有限值计算</translation>
    </message>
    <message>
        <source>Three significant digits</source>
        <translation>三位有效数字</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Number of the token</source>
        <translation>Token 的编号</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>The text it stands for; spaces as a dot, bytes that are no character as \xE4</source>
        <translation>它代表的文本；空格显示为点，不成字符的字节显示为 \xE4</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Plain, added to the vocabulary, or with a meaning of its own</source>
        <translation>普通、添加到词表的，或具有特殊含义的</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Number of the request in the run; a repeated one has the same</source>
        <translation>请求在运行记录中的编号；重试的请求编号相同</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Lengths and load</source>
        <translation>长度与负载</translation>
    </message>
    <message>
        <source>Sent at</source>
        <translation>发送时刻</translation>
    </message>
    <message>
        <source>Seconds after the run began</source>
        <translation>运行开始后的秒数</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>From the intended arrival to the sending</source>
        <translation>从计划到达到发送</translation>
    </message>
    <message>
        <source>TTFT</source>
        <translation>TTFT</translation>
    </message>
    <message>
        <source>From the sending to the first text</source>
        <translation>从发送到首段文本</translation>
    </message>
    <message>
        <source>TPOT</source>
        <translation>TPOT</translation>
    </message>
    <message>
        <source>Time of each further token</source>
        <translation>后续每个 Token 的时间</translation>
    </message>
    <message>
        <source>E2E</source>
        <translation>E2E</translation>
    </message>
    <message>
        <source>From the sending to the last text</source>
        <translation>从发送到最后一段文本</translation>
    </message>
    <message>
        <source>Longest gap</source>
        <translation>最长间隔</translation>
    </message>
    <message>
        <source>The longest time that the answer stood still</source>
        <translation>回答停顿的最长时间</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Of the output, reasoning included</source>
        <translation>输出的 Token 数，含推理内容</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Why it failed, and whether it counts</source>
        <translation>失败的原因，以及是否计入</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>What was measured, at each point of the plan</source>
        <translation>方案各测点的测量内容</translation>
    </message>
    <message>
        <source>With its 95 % interval</source>
        <translation>附 95 % 置信区间</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Samples behind the value</source>
        <translation>数值所依据的样本数</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>How the run was made</source>
        <translation>运行的方式</translation>
    </message>
    <message>
        <source>As the run keeps it</source>
        <translation>按运行记录所存</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>When the run began, in local time</source>
        <translation>运行开始的本地时间</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>被测对象</translation>
    </message>
    <message>
        <source>What was measured</source>
        <translation>测量的对象</translation>
    </message>
    <message>
        <source>Benchmark of a model, load on an endpoint, or accuracy</source>
        <translation>模型的基准测试、端点的负载测试或准确率</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Lengths and load, or the suite that was answered</source>
        <translation>长度与负载，或所作答的评测集</translation>
    </message>
    <message>
        <source>Device and dtype, or the endpoint&apos;s address</source>
        <translation>设备和 dtype，或端点的地址</translation>
    </message>
    <message>
        <source>Whether the run came to its end</source>
        <translation>运行是否完成</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Combinations of lengths and loads</source>
        <translation>长度与负载的组合</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Requests, repetitions or items, the uncounted ones too</source>
        <translation>请求、重复或题目的数目，含不计入的</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Requests or items that failed</source>
        <translation>失败的请求或题目</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>要点</translation>
    </message>
    <message>
        <source>The best point&apos;s speed, or the share of right answers</source>
        <translation>最佳测点的速度，或答对比例</translation>
    </message>
    <message>
        <source>Definition</source>
        <translation>定义</translation>
    </message>
    <message>
        <source>What exactly the value is</source>
        <translation>该数值的确切含义</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>As a plan names it</source>
        <translation>测量计划中的写法</translation>
    </message>
    <message>
        <source>What the device calls itself</source>
        <translation>设备自报的名称</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Of the device; of a processor the machine&apos;s</source>
        <translation>设备的内存；处理器则为整机内存</translation>
    </message>
    <message>
        <source>Memory read</source>
        <translation>内存读取</translation>
    </message>
    <message>
        <source>Bytes a second out of memory, all threads together, as measured: what decoding cannot pass</source>
        <translation>每秒从内存读出的字节数，所有线程合计，实测：解码速度的上限</translation>
    </message>
    <message>
        <source>Products of matrices</source>
        <translation>矩阵乘法</translation>
    </message>
    <message>
        <source>Operations a second by dtype, as measured: what prefill cannot pass</source>
        <translation>各 dtype 每秒运算次数，实测：预填充速度的上限</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Of a GPU</source>
        <translation>GPU 的驱动</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量时间</translation>
    </message>
    <message>
        <source>When, in local time</source>
        <translation>何时测得，本地时间</translation>
    </message>
    <message>
        <source>What both runs measured under the same load, or a setting in which they differ</source>
        <translation>两条运行记录在同一负载下测得的指标，或两者不同的设置</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>The reference&apos;s value with its 95 % interval</source>
        <translation>基准的值，附 95 % 置信区间</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>The other run&apos;s value with its 95 % interval</source>
        <translation>另一条运行记录的值，附 95 % 置信区间</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>What the difference is worth, in words</source>
        <translation>用文字说明差异的意义</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>The other run&apos;s value minus the reference&apos;s, with the 95 % interval of the difference</source>
        <translation>另一条运行记录的值减去基准的值，附差值的 95 % 置信区间</translation>
    </message>
    <message>
        <source>In per cent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>The same as a share of the reference&apos;s value</source>
        <translation>同上，以占基准值的比例表示</translation>
    </message>
    <message>
        <source>Interval of</source>
        <translation>区间依据</translation>
    </message>
    <message>
        <source>Paired: of samples of the same prompt or repetition, one by one, so that what both have in common is not in it</source>
        <translation>配对：由同一提示或同一次重复的样本逐一配对得出，因此不含两者共有的波动</translation>
    </message>
    <message>
        <source>Known model, and what agrees or differs</source>
        <translation>已知模型，以及相符或不同之处</translation>
    </message>
    <message>
        <source>The best fitting first; a model that only shares its config may fit as well</source>
        <translation>最相符的在前；仅配置相同的模型也可能同样相符</translation>
    </message>
    <message>
        <source>What is claimed of the model</source>
        <translation>对模型的声明</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>声明值</translation>
    </message>
    <message>
        <source>The value with its unit, as the sheet has it</source>
        <translation>声明表中的值及其单位</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Which of the sheet&apos;s models it is about; without one, the subject</source>
        <translation>该声明涉及声明表中的哪个模型；未写则为被测对象</translation>
    </message>
    <message>
        <source>What it will be held to</source>
        <translation>将据此核对</translation>
    </message>
    <message>
        <source>How the value is read, or why it cannot be</source>
        <translation>该值如何读取，或为何无法读取</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>The watch file&apos;s name</source>
        <translation>监视文件的名称</translation>
    </message>
    <message>
        <source>Whether this window runs its checks</source>
        <translation>此窗口是否运行其检查</translation>
    </message>
    <message>
        <source>Last check</source>
        <translation>上次检查</translation>
    </message>
    <message>
        <source>When it was made, UTC</source>
        <translation>执行时间（UTC）</translation>
    </message>
    <message>
        <source>Next check</source>
        <translation>下次检查</translation>
    </message>
    <message>
        <source>When it is due by the schedule, UTC</source>
        <translation>按计划到期的时间（UTC）</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Changes that were found, and agreed limits that were not met</source>
        <translation>发现的变化，以及未达到的约定限值</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Agreed limits (SLA) that are not met, of all</source>
        <translation>未达到的约定限值（SLA）数与总数</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>Whether its chain is whole</source>
        <translation>其链条是否完整</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>%1: prompt %2, output %3, batch %4, %5 on %6</source>
        <translation>%1：提示 %2，输出 %3，批大小 %4，%5，设备 %6</translation>
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
        <source>%1 {1:token|tokens}, first after %2, all after %3, ended by %4</source>
        <translation>%1 个 Token，首个用时 %2，全部用时 %3，结束原因：%4</translation>
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
    <message>
        <source>Chat template of %1 (-) and %2 (+)</source>
        <translation>%1（-）与 %2（+）的对话模板</translation>
    </message>
    <message>
        <source>Comparing the weights with %1: %2 of %3 elements</source>
        <translation>正在与 %1 比较权重：%2/%3 个元素</translation>
    </message>
    <message>
        <source>Weights of %1 against %2</source>
        <translation>%1 与 %2 的权重</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>relative</source>
        <translation>相对差异</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>相等</translation>
    </message>
    <message>
        <source>Tells what differs between models.</source>
        <translation>列出模型之间的差异。</translation>
    </message>
    <message>
        <source>Lists what is the same, too.</source>
        <translation>也列出相同之处。</translation>
    </message>
    <message>
        <source>Reads the weights and compares their values, too.</source>
        <translation>还读取权重并比较其数值。</translation>
    </message>
    <message>
        <source>Reads the weights: lists statistics of the tensors&apos; values and what they betray.</source>
        <translation>读取权重：列出张量数值的统计及其揭示的问题。</translation>
    </message>
    <message>
        <source>Hashes the files and compares with what caches and lists of sums declare; exit code 1 when one is wrong.</source>
        <translation>计算文件的哈希，并与缓存和校验和列表所声明的比较；有不符时退出码为 1。</translation>
    </message>
    <message>
        <source>Lists the tensors that match, for example &quot;dtype:F8 shape:[7168,*] &gt;100MB -scale&quot;.</source>
        <translation>列出匹配的张量，例如“dtype:F8 shape:[7168,*] &gt;100MB -scale”。</translation>
    </message>
    <message>
        <source>%1 of %2 read</source>
        <translation>已读取 %1/%2</translation>
    </message>
    <message>
        <source>the memory that running a model needs, and what fits a device</source>
        <translation>运行模型所需的内存，以及设备能容纳什么</translation>
    </message>
    <message>
        <source>what differs between models: config, parts, tokenizer, weights</source>
        <translation>模型之间的差异：配置、部件、分词器、权重</translation>
    </message>
    <message>
        <source>--%1 knows %2, not %3</source>
        <translation>--%1 可为 %2，不能是 %3</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Each device</source>
        <translation>每个设备</translation>
    </message>
    <message>
        <source>weights and cache divided evenly, the rest on each</source>
        <translation>权重和缓存平均分配，其余每个设备各有一份</translation>
    </message>
    <message>
        <source>One decode step takes at least %1 (an estimate): %2</source>
        <translation>一步解码至少需要 %1（估计）：%2</translation>
    </message>
    <message>
        <source>Measured with %1 {1:token|tokens} x %2: %3; the estimate says %4 (error %5)</source>
        <translation>以 %1 Token × %2 实测：%3；估计为 %4（误差 %5）</translation>
    </message>
    <message>
        <source>Taken for granted of %1:</source>
        <translation>对 %1 的假设：</translation>
    </message>
    <message>
        <source>A device of the table, by its name or a part of it that names one.</source>
        <translation>表中的设备，可用其名称或能唯一确定它的部分名称。</translation>
    </message>
    <message>
        <source>How many of them share the weights and the cache.</source>
        <translation>由多少个设备分担权重和缓存。</translation>
    </message>
    <message>
        <source>One of %1.</source>
        <translation>%1 之一。</translation>
    </message>
    <message>
        <source>Weights: one of %1.</source>
        <translation>权重：%1 之一。</translation>
    </message>
    <message>
        <source>Cache: one of %1.</source>
        <translation>缓存：%1 之一。</translation>
    </message>
    <message>
        <source>Tokens in each sequence.</source>
        <translation>每个序列的 Token 数。</translation>
    </message>
    <message>
        <source>Sequences at a time.</source>
        <translation>同时处理的序列数。</translation>
    </message>
    <message>
        <source>Loads multi-token-prediction layers too, where the runtime can.</source>
        <translation>在运行时支持时也加载多 Token 预测层。</translation>
    </message>
    <message>
        <source>Estimates the memory that running a model needs, term by term.</source>
        <translation>逐项估计运行模型所需的内存。</translation>
    </message>
    <message>
        <source>Continues a prompt, or several together.</source>
        <translation>续写一个提示，或同时续写多个。</translation>
    </message>
    <message>
        <source>The text to continue; may be given several times.</source>
        <translation>要续写的文本；可多次给出。</translation>
    </message>
    <message>
        <source>Token ids to continue, instead of a text; may be given several times.</source>
        <translation>代替文本的要续写的 Token ID；可多次给出。</translation>
    </message>
    <message>
        <source>Answers to each prompt; the seed grows by 1 from one to the next.</source>
        <translation>每个提示的回答数；种子逐个加 1。</translation>
    </message>
    <message>
        <source>Samples from the N likeliest tokens; 0 is all.</source>
        <translation>从概率最大的 N 个 Token 中采样；0 表示全部。</translation>
    </message>
    <message>
        <source>Samples from the likeliest tokens that reach this probability together.</source>
        <translation>从累计达到该概率的最可能的 Token 中采样。</translation>
    </message>
    <message>
        <source>Samples from tokens at least this many times as likely as the likeliest.</source>
        <translation>从概率不低于最大概率此倍数的 Token 中采样。</translation>
    </message>
    <message>
        <source>Above 1: what was in prompt and answer becomes less likely.</source>
        <translation>大于 1 时：提示和回答中出现过的内容概率降低。</translation>
    </message>
    <message>
        <source>Stops at these token ids.</source>
        <translation>遇到这些 Token ID 时停止。</translation>
    </message>
    <message>
        <source>Tells each token&apos;s log-probability and the N likeliest at its place.</source>
        <translation>给出每个 Token 的对数概率及其位置上最可能的 N 个 Token。</translation>
    </message>
    <message>
        <source>a number from 0 on</source>
        <translation>一个不小于 0 的数</translation>
    </message>
    <message>
        <source>a number above 0, at most 1</source>
        <translation>一个大于 0 且不大于 1 的数</translation>
    </message>
    <message>
        <source>a number from 0 to 1</source>
        <translation>一个 0 到 1 之间的数</translation>
    </message>
    <message>
        <source>a number above 0</source>
        <translation>一个大于 0 的数</translation>
    </message>
    <message>
        <source>--stop should be a text, not nothing</source>
        <translation>--stop 应为文本，不能为空</translation>
    </message>
    <message>
        <source>generate gives at most 1024 answers</source>
        <translation>generate 最多给出 1024 个回答</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>id</source>
        <translation>id</translation>
    </message>
    <message>
        <source>log-probability</source>
        <translation>对数概率</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>likeliest</source>
        <translation>最可能</translation>
    </message>
    <message>
        <source>prompt %1, answer %2:</source>
        <translation>提示 %1，回答 %2：</translation>
    </message>
    <message>
        <source>%1: %2, %3 on %4</source>
        <translation>%1：%2，%3，设备 %4</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>NaN or infinite in it</source>
        <translation>其中的 NaN 或无穷</translation>
    </message>
    <message>
        <source>  Weights: %1</source>
        <translation>  权重：%1</translation>
    </message>
    <message>
        <source>  Not used: %1</source>
        <translation>  未使用：%1</translation>
    </message>
    <message>
        <source>--set should be NAME=JSON, not %1</source>
        <translation>--set 应为 NAME=JSON，而不是 %1</translation>
    </message>
    <message>
        <source>Tools that the chat template offers: a JSON list.</source>
        <translation>对话模板提供的工具：一个 JSON 列表。</translation>
    </message>
    <message>
        <source>Documents for the chat template: a JSON list.</source>
        <translation>给对话模板的文档：一个 JSON 列表。</translation>
    </message>
    <message>
        <source>Which chat template, where a model has several.</source>
        <translation>模型有多个对话模板时使用哪一个。</translation>
    </message>
    <message>
        <source>Something else that the chat template asks for; may be given several times.</source>
        <translation>对话模板需要的其他变量；可多次给出。</translation>
    </message>
    <message>
        <source>Ends with the last message, without the start of an answer.</source>
        <translation>以最后一条消息结束，不带回答的开头。</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>logit</translation>
    </message>
    <message>
        <source>What a classifier says of texts: its labels with their probabilities.</source>
        <translation>分类器对文本的判断：各标签及其概率。</translation>
    </message>
    <message>
        <source>Only the N likeliest labels; 0 is all.</source>
        <translation>只给出最可能的 N 个标签；0 表示全部。</translation>
    </message>
    <message>
        <source>The vectors of texts, one JSON array a line.</source>
        <translation>文本的向量，每行一个 JSON 数组。</translation>
    </message>
    <message>
        <source>What makes the vector: the mean of all tokens&apos; states, the first token&apos;s, or the model&apos;s pooler; auto: as a sentence-transformers model says of itself, else the mean.</source>
        <translation>向量的来源：所有 Token 状态的均值、第一个 Token 的状态，或模型的池化层；auto：按 sentence-transformers 模型自身的说明，否则取均值。</translation>
    </message>
    <message>
        <source>Divides each vector by its length.</source>
        <translation>将每个向量除以其长度。</translation>
    </message>
    <message>
        <source>--tokens should be token ids, not nothing</source>
        <translation>--tokens 应为 Token ID，不能为空</translation>
    </message>
    <message>
        <source>--types goes with --tokens, once each</source>
        <translation>--types 须与 --tokens 一一对应</translation>
    </message>
    <message>
        <source>A text; may be given several times.</source>
        <translation>一段文本；可多次给出。</translation>
    </message>
    <message>
        <source>A file with one text a line; - is standard input.</source>
        <translation>每行一段文本的文件；- 表示标准输入。</translation>
    </message>
    <message>
        <source>The second text of each input: one for all, or one for each.</source>
        <translation>每个输入的第二段文本：全部共用一段，或各给一段。</translation>
    </message>
    <message>
        <source>Token ids, special tokens among them, instead of a text; may be given several times.</source>
        <translation>代替文本的 Token ID，含特殊 Token；可多次给出。</translation>
    </message>
    <message>
        <source>Token types of --tokens, once each.</source>
        <translation>--tokens 的 Token 类型，各给一次。</translation>
    </message>
    <message>
        <source>Cuts what is longer than the model can read.</source>
        <translation>截断超出模型可读长度的部分。</translation>
    </message>
    <message>
        <source>Give --text, --file or --tokens</source>
        <translation>请给出 --text、--file 或 --tokens</translation>
    </message>
    <message>
        <source>--pair is given once, or once for each text</source>
        <translation>--pair 只给一次，或每段文本给一次</translation>
    </message>
    <message>
        <source>text %1:</source>
        <translation>文本 %1：</translation>
    </message>
    <message>
        <source>text %1 was cut to what the model can read</source>
        <translation>文本 %1 已截断到模型可读的长度</translation>
    </message>
    <message>
        <source>dtype</source>
        <translation>数据类型</translation>
    </message>
    <message>
        <source>position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What a masked language model puts in the place of masks: [MASK] or &lt;mask&gt; in the text.</source>
        <translation>掩码语言模型在掩码处填入的内容：文本中的 [MASK] 或 &lt;mask&gt;。</translation>
    </message>
    <message>
        <source>The N likeliest tokens of each mask.</source>
        <translation>每个掩码最可能的 N 个 Token。</translation>
    </message>
    <message>
        <source>The mask&apos;s token id, where the tokenizer does not tell it.</source>
        <translation>分词器未说明时，掩码的 Token ID。</translation>
    </message>
    <message>
        <source>A question that the model&apos;s chat template puts to it; may be given several times.</source>
        <translation>通过模型的对话模板向它提出的问题；可多次给出。</translation>
    </message>
    <message>
        <source>With --chat: the system message before it.</source>
        <translation>与 --chat 同用：之前的系统消息。</translation>
    </message>
    <message>
        <source>A dialogue to continue, a JSON list of messages; may be given several times.</source>
        <translation>要续写的对话，一个 JSON 消息列表；可多次给出。</translation>
    </message>
    <message>
        <source>generate needs --prompt, --chat, --messages or --tokens</source>
        <translation>generate 需要 --prompt、--chat、--messages 或 --tokens</translation>
    </message>
    <message>
        <source>labels of texts with their probabilities</source>
        <translation>文本的标签及其概率</translation>
    </message>
    <message>
        <source>vectors of texts</source>
        <translation>文本的向量</translation>
    </message>
    <message>
        <source>what stands in the place of masks</source>
        <translation>掩码处应填的内容</translation>
    </message>
    <message>
        <source>--input is for TorchScript modules, and no subject is one</source>
        <translation>--input 用于 TorchScript 模块，而被测对象中没有</translation>
    </message>
    <message>
        <source>Takes a dialogue, a JSON list of messages, as the model&apos;s chat template writes it.</source>
        <translation>按模型的对话模板写出一段对话（JSON 消息列表）后再分词。</translation>
    </message>
    <message>
        <source>With --chat: prints the text alone.</source>
        <translation>与 --chat 同用：只输出文本。</translation>
    </message>
    <message>
        <source>Before the start: %1 (if %2)</source>
        <translation>开始前：%1（假设：%2）</translation>
    </message>
    <message>
        <source>Measures load time, latency, throughput and memory; of an endpoint latency, throughput, errors and cost under load.</source>
        <translation>测量加载时间、延迟、吞吐和显存/内存；对端点则测量负载下的延迟、吞吐、错误和费用。</translation>
    </message>
    <message>
        <source>how exactly the client of endpoints measures, by load</source>
        <translation>各负载下端点客户端的测量精度</translation>
    </message>
    <message>
        <source>also what other tools would print of the same requests: vllm, guidellm, ...</source>
        <translation>同时给出其他工具对相同请求会输出的结果：vllm、guidellm、…</translation>
    </message>
    <message>
        <source>goes on with an endpoint&apos;s run that was broken off: the newest, or the one whose id is given</source>
        <translation>继续被中断的端点运行：最新的一次，或给出 ID 的那一次</translation>
    </message>
    <message>
        <source>Name what is to be measured: a model or an endpoint</source>
        <translation>请给出要测量的对象：模型或端点</translation>
    </message>
    <message>
        <source>  Decoding: %1</source>
        <translation>  解码：%1</translation>
    </message>
    <message>
        <source>  Spent: %1 requests, %2 prompt tokens, %3 output tokens</source>
        <translation>  用量：%1 个请求，提示 %2 Token，输出 %3 Token</translation>
    </message>
    <message>
        <source>--%1 needs a model&apos;s files; an endpoint shows none</source>
        <translation>--%1 需要模型的文件；端点不提供文件</translation>
    </message>
    <message>
        <source>Shows the facts and findings of a model, or what an endpoint tells of itself.</source>
        <translation>显示模型的属性与发现，或端点的自述。</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>软件</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>Asked in the dialect</source>
        <translation>请求所用方言</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Fastest answer</source>
        <translation>最快的应答</translation>
    </message>
    <message>
        <source>It says of itself (whoever runs it writes this):</source>
        <translation>端点的自述（由其运营者填写）：</translation>
    </message>
    <message>
        <source>It contradicts itself: %1 is %2 (%3) and %4 (%5)</source>
        <translation>自相矛盾：%1 既是 %2（%3），又是 %4（%5）</translation>
    </message>
    <message>
        <source>It does not tell: %1</source>
        <translation>未说明：%1</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Memory read</source>
        <translation>显存/内存读取</translation>
    </message>
    <message>
        <source>Products of matrices</source>
        <translation>矩阵乘法</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量时间</translation>
    </message>
    <message>
        <source>Usage: assay machines add NAME &quot;COMMAND&quot;</source>
        <translation>用法：assay machines add NAME &quot;COMMAND&quot;</translation>
    </message>
    <message>
        <source>Usage: assay machines remove NAME</source>
        <translation>用法：assay machines remove NAME</translation>
    </message>
    <message>
        <source>  Memory read</source>
        <translation>  显存/内存读取</translation>
    </message>
    <message>
        <source>  Products of matrices</source>
        <translation>  矩阵乘法</translation>
    </message>
    <message>
        <source>  Memory</source>
        <translation>  显存/内存</translation>
    </message>
    <message>
        <source>  Caches</source>
        <translation>  缓存</translation>
    </message>
    <message>
        <source>  Driver</source>
        <translation>  驱动</translation>
    </message>
    <message>
        <source>  Clock</source>
        <translation>  时钟频率</translation>
    </message>
    <message>
        <source>  Temperature</source>
        <translation>  温度</translation>
    </message>
    <message>
        <source>  Power when idle</source>
        <translation>  空闲功耗</translation>
    </message>
    <message>
        <source>Usage: assay machines measure [NAME]</source>
        <translation>用法：assay machines measure [NAME]</translation>
    </message>
    <message>
        <source>Machines where models can be measured: this one, and any that a command leads to.</source>
        <translation>可以测量模型的机器：本机，以及可通过命令到达的任何机器。</translation>
    </message>
    <message>
        <source>Where assay-worker is on the machine that is added; else in its PATH.</source>
        <translation>所添加机器上 assay-worker 的位置；否则在其 PATH 中查找。</translation>
    </message>
    <message>
        <source>Only this device is measured.</source>
        <translation>只测量此设备。</translation>
    </message>
    <message>
        <source>machines can list, add, remove and measure, not %1</source>
        <translation>machines 支持 list、add、remove 和 measure，不支持 %1</translation>
    </message>
    <message>
        <source>where models can be measured, and what each machine can do</source>
        <translation>可以测量模型的机器及各自的能力</translation>
    </message>
    <message>
        <source>After the pilot: %1</source>
        <translation>试测之后：%1</translation>
    </message>
    <message>
        <source>%1 is an endpoint; this needs a model&apos;s files</source>
        <translation>%1 是端点；此操作需要模型的文件</translation>
    </message>
    <message>
        <source>%1 lost, %2 invented, %3 failed, %4 altered</source>
        <translation>丢失 %1，多出 %2，失败 %3，被更改 %4</translation>
    </message>
    <message>
        <source>proven</source>
        <translation>已证实</translation>
    </message>
    <message>
        <source>too late</source>
        <translation>过晚</translation>
    </message>
    <message>
        <source>%1 x %2/s in step</source>
        <translation>%1 × %2/s 同步</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Chunks</source>
        <translation>数据块</translation>
    </message>
    <message>
        <source>TTFT error (median / p99 / most)</source>
        <translation>TTFT 误差（中位数 / p99 / 最大）</translation>
    </message>
    <message>
        <source>TPOT error</source>
        <translation>TPOT 误差</translation>
    </message>
    <message>
        <source>Chunk time error</source>
        <translation>数据块时刻误差</translation>
    </message>
    <message>
        <source>CPU per chunk</source>
        <translation>每数据块 CPU 时间</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Proven up to %1 chunks a second: nothing lost, 99 of 100 moments within %2.</source>
        <translation>已证实至每秒 %1 个数据块：无丢失，100 个时刻中有 99 个误差在 %2 以内。</translation>
    </message>
    <message>
        <source>No load was proven: this machine is too busy for figures of endpoints.</source>
        <translation>没有任何负载得到证实：本机过于繁忙，测不出可靠的端点数据。</translation>
    </message>
    <message>
        <source>Tests the client of endpoints against a server of Assay&apos;s own.</source>
        <translation>用 Assay 自带的服务器检验端点客户端。</translation>
    </message>
    <message>
        <source>%1 streams, %2 chunks a second</source>
        <translation>%1 个流，每秒 %2 个数据块</translation>
    </message>
    <message>
        <source>several subjects one after the other instead of in turn</source>
        <translation>多个对象依次测量，而不是轮流测量</translation>
    </message>
    <message>
        <source>  Machine, measured before: %1</source>
        <translation>  机器（事先测得）：%1</translation>
    </message>
    <message>
        <source>! Clocks were held down: %1</source>
        <translation>! 时钟被限频：%1</translation>
    </message>
    <message>
        <source>  Time of a step: %1</source>
        <translation>  一步的时间：%1</translation>
    </message>
    <message>
        <source>One after the other: all models together would take %1.</source>
        <translation>依次测量：全部模型同时加载需要 %1。</translation>
    </message>
    <message>
        <source>One after the other: it is not known what all models together would take.</source>
        <translation>依次测量：不清楚全部模型同时加载需要多少内存。</translation>
    </message>
    <message>
        <source>--%1 is for models, and all subjects are endpoints</source>
        <translation>--%1 用于模型，而被测对象全是端点</translation>
    </message>
    <message>
        <source>--%1 is for endpoints, and no subject is one</source>
        <translation>--%1 用于端点，而被测对象中没有</translation>
    </message>
    <message>
        <source>A good request keeps %1</source>
        <translation>合格请求须满足 %1</translation>
    </message>
    <message>
        <source>! It does not list the model %1.</source>
        <translation>! %1 不在其模型列表中。</translation>
    </message>
    <message>
        <source>what was measured here, and what differs between any runs</source>
        <translation>在此测得的运行记录，以及其中任意几条之间的差异</translation>
    </message>
    <message>
        <source>Several runs have an id that begins with %1</source>
        <translation>有多条运行记录的 id 以 %1 开头</translation>
    </message>
    <message>
        <source>%1 is no run&apos;s id and no file; assay runs lists the runs</source>
        <translation>%1 既不是运行记录的 id，也不是文件；assay runs 可列出运行记录</translation>
    </message>
    <message>
        <source>started (UTC)</source>
        <translation>开始时间（UTC）</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Nothing has been measured here yet.</source>
        <translation>此处尚无测量。</translation>
    </message>
    <message>
        <source>Not alike: %1 is %2, not %3 (%4)</source>
        <translation>不一致：%1 为 %2，而非 %3（%4）</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>compared</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>in per cent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>interval of</source>
        <translation>区间依据</translation>
    </message>
    <message>
        <source>judgement</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>%1 against %2: %3</source>
        <translation>%1 对比 %2：%3</translation>
    </message>
    <message>
        <source>Lists every run made here, or sets runs against the first of them: each metric in common with its difference, its interval and whether it is more than noise. RUN is an id, its beginning, or a run that was exported as JSON.</source>
        <translation>列出在此生成的全部运行记录，或将各运行记录与其中第一条对比：给出每项共有指标的差值、置信区间，以及差异是否超出噪声。RUN 为 id、id 的开头，或导出为 JSON 的运行记录。</translation>
    </message>
    <message>
        <source>name two runs or more</source>
        <translation>请给出两条或更多运行记录</translation>
    </message>
    <message>
        <source>judged by</source>
        <translation>评分器</translation>
    </message>
    <message>
        <source>items</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>both right</source>
        <translation>均答对</translation>
    </message>
    <message>
        <source>only it</source>
        <translation>仅它答对</translation>
    </message>
    <message>
        <source>only the other</source>
        <translation>仅对方答对</translation>
    </message>
    <message>
        <source>neither</source>
        <translation>均未答对</translation>
    </message>
    <message>
        <source>difference in points</source>
        <translation>差值（百分点）</translation>
    </message>
    <message>
        <source>p (Holm)</source>
        <translation>p（Holm）</translation>
    </message>
    <message>
        <source>some %1 more items would decide</source>
        <translation>再有约 %1 题即可判定</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 对比 %2</translation>
    </message>
    <message>
        <source>%1 against %2, by outcome: %3</source>
        <translation>%1 对比 %2，按结果：%3</translation>
    </message>
    <message>
        <source>Suite %1</source>
        <translation>评测集 %1</translation>
    </message>
    <message>
        <source>Items are paired by what was asked; only those that both answered are compared.</source>
        <translation>题目按所问内容配对；只比较双方均回答的题目。</translation>
    </message>
    <message>
        <source>Compares evaluations item by item, whichever tools made them: rates, paired tests, flips, what the gap is made of, and whether each is as good as the first. RUN is an id, its beginning, a run that was exported as JSON, or a file or folder of another tool&apos;s results.</source>
        <translation>逐题比较评测运行，无论由何种工具生成：答对率、配对检验、翻转、差距的构成，以及各运行是否不劣于第一个。RUN 为运行编号或其开头、导出为 JSON 的运行，或其他工具结果的文件或文件夹。</translation>
    </message>
    <message>
        <source>The loss in percentage points that is acceptable, said before looking.</source>
        <translation>事先约定可接受的损失，以百分点表示。</translation>
    </message>
    <message>
        <source>Which of the tool&apos;s figures says what is right, where it gives several.</source>
        <translation>工具给出多个指标时，以哪一个判断对错。</translation>
    </message>
    <message>
        <source>Every run against every one before it, not only against the first.</source>
        <translation>每个运行与之前的每个运行相比，而不只与第一个相比。</translation>
    </message>
    <message>
        <source>a number from 0 to 100</source>
        <translation>0 至 100 的数</translation>
    </message>
    <message>
        <source>%1 on %2: no other run here answered these questions.</source>
        <translation>%1 在 %2 上：没有其他运行回答过这些题目。</translation>
    </message>
    <message>
        <source>--margin is a number of percentage points from 0 to 100, not %1</source>
        <translation>--margin 应为 0 至 100 的百分点数，而不是 %1</translation>
    </message>
    <message>
        <source>The loss of accuracy in percentage points that still counts as not inferior.</source>
        <translation>仍视为非劣的准确率损失，以百分点表示。</translation>
    </message>
    <message>
        <source>texts are cut as: %1</source>
        <translation>文本切分方式：%1</translation>
    </message>
    <message>
        <source>the samples of an item are alike without --temperature</source>
        <translation>不设 --temperature 时同一题的各样本相同</translation>
    </message>
    <message>
        <source>the suite %1 is not the one that the run began with; --suite names its file</source>
        <translation>评测集 %1 不是运行开始时所用的；请用 --suite 指定其文件</translation>
    </message>
    <message>
        <source>%1 is not the subject that the run began with: its weights are others</source>
        <translation>%1 不是运行开始时的被测对象：其权重不同</translation>
    </message>
    <message>
        <source>goes on with a run that was broken off: the newest, or the one whose id is given</source>
        <translation>继续中断的运行：最新的，或给出编号的那个</translation>
    </message>
    <message>
        <source>Name what is to be asked: a model or an endpoint</source>
        <translation>请指定要提问的对象：模型或端点</translation>
    </message>
    <message>
        <source>Several evaluations have an id that begins with %1</source>
        <translation>有多个评测运行的编号以 %1 开头</translation>
    </message>
    <message>
        <source>%1 is no evaluation&apos;s id and no file; assay runs lists the runs</source>
        <translation>%1 既不是评测运行的编号，也不是文件；assay runs 可列出运行</translation>
    </message>
    <message>
        <source>... and %1 more</source>
        <translation>…以及另外 %1 个</translation>
    </message>
    <message>
        <source>was there</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Puts other tools&apos; results into the library, as runs with every answer. Read are: %1.</source>
        <translation>将其他工具的结果作为含全部回答的运行存入库中。可读取：%1。</translation>
    </message>
    <message>
        <source>What the model is called instead of what the results say.</source>
        <translation>模型的名称，取代结果中的名称。</translation>
    </message>
    <message>
        <source>suite</source>
        <translation>评测集</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>other tools&apos; results into the library</source>
        <translation>将其他工具的结果导入库</translation>
    </message>
    <message>
        <source>evaluations compared item by item</source>
        <translation>逐题比较评测</translation>
    </message>
    <message>
        <source>judge the answers of stored evaluations again, by another scorer</source>
        <translation>用另一评分器重新评判已存评测的回答</translation>
    </message>
    <message>
        <source>what can be asked: suites, their forms, generators of new ones</source>
        <translation>可提问的内容：评测集、其格式以及生成器</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) are kept; assay evaluate --resume %1 asks for the rest</source>
        <translation>
            <numerusform>已保留 %n 个回答；assay evaluate --resume %1 可询问其余部分</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is no evaluation&apos;s id; assay runs lists the runs</source>
        <translation>%1 不是评测运行的编号；assay runs 可列出运行</translation>
    </message>
    <message>
        <source>There is no scorer %1; there are %2</source>
        <translation>没有评分器 %1；可用的有 %2</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>scorer</source>
        <translation>评分器</translation>
    </message>
    <message>
        <source>Judges what was answered in stored evaluations again: nothing is asked anew. RUN is an id or its beginning.</source>
        <translation>重新评判已存评测中的回答：不重新提问。RUN 为运行编号或其开头。</translation>
    </message>
    <message>
        <source>The scorer; without it the suite&apos;s own.</source>
        <translation>评分器；不指定则用评测集自己的。</translation>
    </message>
    <message>
        <source>The questions with their right answers; without it those that were kept with the run.</source>
        <translation>题目及其正确答案；不指定则用随运行保存的。</translation>
    </message>
    <message>
        <source>The answer is what follows the last of this.</source>
        <translation>回答为最后一处此文本之后的内容。</translation>
    </message>
    <message>
        <source>The answer ends before this.</source>
        <translation>回答在此文本之前结束。</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>%1: %2 answers judged again, %3 judged otherwise, %4 not in the suite, %5 not readable</source>
        <translation>%1：重新评判 %2 个回答，%3 个结论改变，%4 个不在评测集中，%5 个无法读取</translation>
    </message>
    <message>
        <source>shipped</source>
        <translation>随附</translation>
    </message>
    <message>
        <source>generator</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>difficulty</source>
        <translation>难度</translation>
    </message>
    <message>
        <source>context in words</source>
        <translation>上下文词数</translation>
    </message>
    <message>
        <source>form</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>The first item:</source>
        <translation>第一题：</translation>
    </message>
    <message>
        <source>%1: %2 items</source>
        <translation>%1：%2 题</translation>
    </message>
    <message>
        <source>Lists suites, generators and the forms that are read; &quot;describe&quot; shows what is read of a file or folder and what is left out of it, &quot;generate&quot; makes a suite that nobody can have trained on.</source>
        <translation>列出评测集、生成器和可读取的格式；&quot;describe&quot; 显示从文件或文件夹中读取了什么、略过了什么，&quot;generate&quot; 生成无人可能训练过的评测集。</translation>
    </message>
    <message>
        <source>Another seed gives other items; the same one the same.</source>
        <translation>不同种子给出不同题目；相同种子给出相同题目。</translation>
    </message>
    <message>
        <source>Items in all; 0: as many as are usual.</source>
        <translation>题目总数；0：通常的数目。</translation>
    </message>
    <message>
        <source>What it counts depends on the generator.</source>
        <translation>其含义取决于生成器。</translation>
    </message>
    <message>
        <source>Words to be read.</source>
        <translation>要阅读的词数。</translation>
    </message>
    <message>
        <source>Where the suite goes; without it to the standard output.</source>
        <translation>评测集的写入位置；不指定则写到标准输出。</translation>
    </message>
    <message>
        <source>say list, describe NAME or generate GENERATOR</source>
        <translation>请用 list、describe NAME 或 generate GENERATOR</translation>
    </message>
    <message>
        <source>%1 items have fewer than %2 samples</source>
        <translation>%1 题的样本少于 %2 个</translation>
    </message>
    <message>
        <source>--repeat is for endpoints: measure models apart from them</source>
        <translation>--repeat 仅用于端点：请将模型与端点分开测量</translation>
    </message>
    <message>
        <source>  Prompts: %1</source>
        <translation>  提示：%1</translation>
    </message>
    <message>
        <source>Session %1 of %2 begins at %3 (UTC). Until then nothing is sent; assay bench --resume goes on if this ends.</source>
        <translation>第 %1 次会话（共 %2 次）于 %3（UTC）开始。此前不发送任何内容；若程序结束，可用 assay bench --resume 继续。</translation>
    </message>
    <message>
        <source>Endpoints: so many sessions, since hosted ones vary by the hour; each is stored as it is measured, limits hold for each, and --resume goes on.</source>
        <translation>端点：测量这么多次会话，因为托管端点随时段变化；每次测完即保存，上限对每次分别有效，--resume 可继续。</translation>
    </message>
    <message>
        <source>From the beginning of one session to that of the next: 90s, 15m, 1h, 1d; usual: 1h.</source>
        <translation>从一次会话开始到下一次开始的时间：90s、15m、1h、1d；默认 1h。</translation>
    </message>
    <message>
        <source>--every needs --repeat</source>
        <translation>--every 需要 --repeat</translation>
    </message>
    <message>
        <source>a whole number from 1 to %1</source>
        <translation>1 至 %1 的整数</translation>
    </message>
    <message>
        <source>a time such as 90s, 15m, 1h or 1d</source>
        <translation>一段时间，如 90s、15m、1h 或 1d</translation>
    </message>
    <message>
        <source>Session %1 of %2</source>
        <translation>第 %1 次会话（共 %2 次）</translation>
    </message>
    <message>
        <source>Session %1 failed, the series goes on: %2</source>
        <translation>第 %1 次会话失败，系列继续：%2</translation>
    </message>
    <message>
        <source>%1: %2 of %3 sessions ended well, %4 failed (series %5)</source>
        <translation>%1：%3 次会话中 %2 次正常结束，%4 次失败（系列 %5）</translation>
    </message>
    <message>
        <source>hour (UTC)</source>
        <translation>时刻（UTC）</translation>
    </message>
    <message>
        <source>sessions</source>
        <translation>会话数</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>least - most</source>
        <translation>最小 - 最大</translation>
    </message>
    <message>
        <source>%1: %2 is not asked, since an endpoint&apos;s answers may cost money; assay evaluate asks it</source>
        <translation>%1：未询问 %2，因为端点的回答可能收费；可用 assay evaluate 询问</translation>
    </message>
    <message>
        <source>%1: %2 is not asked. %3</source>
        <translation>%1：未询问 %2。%3</translation>
    </message>
    <message>
        <source>A suite for accuracy; may be given several times. all: every shipped one.</source>
        <translation>用于准确率的评测集；可给出多次。all：所有随附的评测集。</translation>
    </message>
    <message>
        <source>The text over which distributions are compared.</source>
        <translation>用来比较分布的文本。</translation>
    </message>
    <message>
        <source>Tokens of a chunk; its second half is compared, as llama.cpp does.</source>
        <translation>每块的 Token 数；与 llama.cpp 相同，只比较后一半。</translation>
    </message>
    <message>
        <source>Tells the distillation objective at this temperature, too.</source>
        <translation>同时给出此温度下的蒸馏目标值。</translation>
    </message>
    <message>
        <source>The share of the softened divergence in it.</source>
        <translation>其中软化散度所占的份额。</translation>
    </message>
    <message>
        <source>A base file (llama.cpp&apos;s or one of --save-base) stands for the reference; all subjects are held against it.</source>
        <translation>以基准文件（llama.cpp 的或 --save-base 写出的）代替基准模型；所有被测对象与其对照。</translation>
    </message>
    <message>
        <source>Writes the reference&apos;s distributions as llama.cpp&apos;s base file.</source>
        <translation>将基准的分布写成 llama.cpp 的基准文件。</translation>
    </message>
    <message>
        <source>Of --save-base: keeps the n likeliest tokens and the rest as one, some hundredth of the size.</source>
        <translation>用于 --save-base：只保留最可能的 n 个 Token，其余合为一项，大小约为百分之一。</translation>
    </message>
    <message>
        <source>The reference writes n texts, and bits per byte of both are told; always where vocabularies differ.</source>
        <translation>由基准写出 n 段文本，给出两者的每字节比特数；词表不同时总是如此。</translation>
    </message>
    <message>
        <source>The dtype that the reference is computed in.</source>
        <translation>计算基准所用的数据类型。</translation>
    </message>
    <message>
        <source>Seed of what the reference writes.</source>
        <translation>基准写文本时的随机种子。</translation>
    </message>
    <message>
        <source>Writes figures (JSON) and the values of every position (CSV) there.</source>
        <translation>将各项数值（JSON）和每个位置的值（CSV）写到该处。</translation>
    </message>
    <message>
        <source>a number above 0, up to 100</source>
        <translation>大于 0 且不超过 100 的数</translation>
    </message>
    <message>
        <source>Name the reference first, then what is held against it; or give --base</source>
        <translation>先给出基准，再给出与其对照的对象；或给出 --base</translation>
    </message>
    <message>
        <source>fidelity needs --text</source>
        <translation>fidelity 需要 --text</translation>
    </message>
    <message>
        <source>a base file is no model: --save-base, --chunk, --temperature and --written do not go with --base</source>
        <translation>基准文件不是模型：--save-base、--chunk、--temperature 和 --written 不能与 --base 同用</translation>
    </message>
    <message>
        <source>--top goes with --save-base</source>
        <translation>--top 与 --save-base 同用</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>一致率</translation>
    </message>
    <message>
        <source>kappa</source>
        <translation>kappa</translation>
    </message>
    <message>
        <source>same wrong</source>
        <translation>同错率</translation>
    </message>
    <message>
        <source>flips</source>
        <translation>翻转率</translation>
    </message>
    <message>
        <source>%1 (%2) against %3</source>
        <translation>%1（%2）对照 %3</translation>
    </message>
    <message>
        <source>%1; %2, %3 positions</source>
        <translation>%1；%2，%3 个位置</translation>
    </message>
    <message>
        <source>added tokens are spelled otherwise in both, all other tokens alike</source>
        <translation>两者新增的 Token 拼写不同，其余 Token 全部相同</translation>
    </message>
    <message>
        <source>the base file does not tell how its tokens are spelled: that they are this model&apos;s is only known as far as --text bears it out</source>
        <translation>基准文件未说明其 Token 的拼写：它们是否属于该模型，只能由 --text 印证到相应程度</translation>
    </message>
    <message>
        <source>the folder cannot be made</source>
        <translation>无法创建该文件夹</translation>
    </message>
    <message>
        <source>How far models are from the one that they stand for: divergence of their distributions over a text.</source>
        <translation>各模型与其所代表的模型相差多远：在一段文本上分布的散度。</translation>
    </message>
    <message>
        <source>how far a distilled, quantised or pruned model is from the full one</source>
        <translation>蒸馏、量化或剪枝后的模型与完整模型相差多远</translation>
    </message>
    <message>
        <source>lists where each subject is instead of its name</source>
        <translation>列出每个被测对象的位置而不是名称</translation>
    </message>
    <message>
        <source>Each line of the text is a text by itself, all of whose tokens are compared, instead of chunks.</source>
        <translation>不分块，而将文本的每一行作为单独的文本，比较其全部 Token。</translation>
    </message>
    <message>
        <source>--lines does not go with base files and --chunk</source>
        <translation>--lines 不能与基准文件和 --chunk 同用</translation>
    </message>
    <message>
        <source>%1 is no name for a profile: letters, digits, dots, dashes</source>
        <translation>%1 不能用作模型档案名称：只可用字母、数字、点和连字符</translation>
    </message>
    <message>
        <source>There is no claim sheet or file %1; assay verify --claims lists those that are known</source>
        <translation>没有声明表或文件 %1；assay verify --claims 列出已知的声明表</translation>
    </message>
    <message>
        <source>--expect takes ENTRY:HASH, as verify prints it</source>
        <translation>--expect 的格式为 ENTRY:HASH，与 verify 的输出相同</translation>
    </message>
    <message>
        <source>%1 entries, each as it was written and where it was written.</source>
        <translation>%1 条记录，每条的内容和位置均与写入时一致。</translation>
    </message>
    <message>
        <source>Keep this elsewhere, and give it to --expect later: %1</source>
        <translation>请将此值保存在别处，以后提供给 --expect：%1</translation>
    </message>
    <message>
        <source>Whether entries are missing at the end cannot be told: the file .head beside it is not there, and --expect was not given.</source>
        <translation>无法判断末尾是否缺少记录：旁边没有 .head 文件，且未给出 --expect。</translation>
    </message>
    <message>
        <source>Behind them is half an entry of %1 bytes, which was not written to its end; the next one that is added sets it aside.</source>
        <translation>其后有 %1 字节的半条记录，未写完；添加下一条记录时会将其移到一旁。</translation>
    </message>
    <message>
        <source>The clock had gone back before entry %1.</source>
        <translation>写入第 %1 条记录之前，时钟曾回拨。</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>when</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>what</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>assay audit add needs --note TEXT; --kind is note, switch or baseline-accepted</source>
        <translation>assay audit add 需要 --note TEXT；--kind 可为 note、switch 或 baseline-accepted</translation>
    </message>
    <message>
        <source>A switch of versions needs --from, --to, --why and --way-back</source>
        <translation>版本切换需要 --from、--to、--why 和 --way-back</translation>
    </message>
    <message>
        <source>Entry %1 is written: %2</source>
        <translation>已写入第 %1 条记录：%2</translation>
    </message>
    <message>
        <source>An audit log whose entries are chained by their hashes: verify finds the first that was changed, taken out, put in, moved or cut off.</source>
        <translation>以哈希链接各条记录的审计日志：verify 找出第一条被更改、取出、插入、移动或截断的记录。</translation>
    </message>
    <message>
        <source>Of verify: an entry that was there when it was verified before.</source>
        <translation>用于 verify：上次核实时已存在的一条记录。</translation>
    </message>
    <message>
        <source>Of add: what is to be written down.</source>
        <translation>用于 add：要记录的内容。</translation>
    </message>
    <message>
        <source>Of add: note, switch (of versions) or baseline-accepted.</source>
        <translation>用于 add：note、switch（版本切换）或 baseline-accepted。</translation>
    </message>
    <message>
        <source>Of add: who did it; without it the user and the machine.</source>
        <translation>用于 add：操作者；未给出时为用户和机器。</translation>
    </message>
    <message>
        <source>Of a switch: the version before.</source>
        <translation>用于切换：之前的版本。</translation>
    </message>
    <message>
        <source>Of a switch: the version after.</source>
        <translation>用于切换：之后的版本。</translation>
    </message>
    <message>
        <source>Of a switch: the reason.</source>
        <translation>用于切换：原因。</translation>
    </message>
    <message>
        <source>Of a switch: how it is undone.</source>
        <translation>用于切换：如何撤回。</translation>
    </message>
    <message>
        <source>assay audit knows verify, show and add, not %1</source>
        <translation>assay audit 支持 verify、show 和 add，不支持 %1</translation>
    </message>
    <message>
        <source>record what a trusted model does, to hold endpoints against it</source>
        <translation>记录可信模型的行为，供与端点对照</translation>
    </message>
    <message>
        <source>checks endpoints on a schedule and tells of changes</source>
        <translation>按计划检查端点并报告变化</translation>
    </message>
    <message>
        <source>a log whose entries nobody can change without trace</source>
        <translation>任何人改动记录都会留下痕迹的日志</translation>
    </message>
    <message>
        <source>is it what they say it is: claims, evidence, verdict</source>
        <translation>是否如其所称：声明、证据、结论</translation>
    </message>
    <message>
        <source>CHANGED</source>
        <translation>有变化</translation>
    </message>
    <message>
        <source>inconclusive</source>
        <translation>证据不足</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>学习中</translation>
    </message>
    <message>
        <source>as before</source>
        <translation>与之前相同</translation>
    </message>
    <message>
        <source>%1, %2: %3 %4 % (95 %: %5 to %6) of %7 % agreed</source>
        <translation>%1，%2：%3 %4 %（95 %：%5 至 %6），约定 %7 %</translation>
    </message>
    <message>
        <source>--until takes a time as 2026-12-01T00:00:00Z</source>
        <translation>--until 的时间格式为 2026-12-01T00:00:00Z</translation>
    </message>
    <message>
        <source>Checks endpoints on a schedule and tells of changes: 0 nothing changed, 1 a change was found, 2 inconclusive.</source>
        <translation>按计划检查端点并报告变化：0 无变化，1 发现变化，2 证据不足。</translation>
    </message>
    <message>
        <source>Runs what is due now, and ends.</source>
        <translation>运行当前到期的检查，然后结束。</translation>
    </message>
    <message>
        <source>Ends then: 2026-12-01T00:00:00Z.</source>
        <translation>到此时结束：2026-12-01T00:00:00Z。</translation>
    </message>
    <message>
        <source>%1 holds the secret key, %1.pub the open one: %2</source>
        <translation>%1 保存私钥，%1.pub 保存公钥：%2</translation>
    </message>
    <message>
        <source>--alternative should be NAME=PATH</source>
        <translation>--alternative 的格式应为 NAME=PATH</translation>
    </message>
    <message>
        <source>--key holds no secret key of assay reference key</source>
        <translation>--key 中没有 assay reference key 生成的私钥</translation>
    </message>
    <message>
        <source>%1 holds %2 prompts and %3 questions, SHA-256 %4</source>
        <translation>%1 含 %2 个提示和 %3 个问题，SHA-256 %4</translation>
    </message>
    <message>
        <source>Where the bundle, or the key, is written.</source>
        <translation>参考包或密钥的写入位置。</translation>
    </message>
    <message>
        <source>What the bundle is called.</source>
        <translation>参考包的名称。</translation>
    </message>
    <message>
        <source>The known model that was recorded.</source>
        <translation>所记录的已知模型。</translation>
    </message>
    <message>
        <source>The family of its tokenizer.</source>
        <translation>其分词器的系列。</translation>
    </message>
    <message>
        <source>Questions that are known or not.</source>
        <translation>考查是否知晓的问题数。</translation>
    </message>
    <message>
        <source>Questions that are thought about.</source>
        <translation>需要思考的问题数。</translation>
    </message>
    <message>
        <source>Prompts that are answered several times.</source>
        <translation>多次回答的提示数。</translation>
    </message>
    <message>
        <source>Answers to each of them.</source>
        <translation>每个提示的回答数。</translation>
    </message>
    <message>
        <source>Prompts that are answered at temperature 0.</source>
        <translation>以温度 0 回答的提示数。</translation>
    </message>
    <message>
        <source>Questions of reasoning; of knowledge two thirds as many.</source>
        <translation>推理题数；知识题数为其三分之二。</translation>
    </message>
    <message>
        <source>Further honest ways to compute the same weights.</source>
        <translation>计算相同权重的其他正当方式。</translation>
    </message>
    <message>
        <source>A model that power is told against; may be given several times.</source>
        <translation>用于给出检验功效的备择模型；可多次给出。</translation>
    </message>
    <message>
        <source>Seed of everything that is drawn.</source>
        <translation>所有随机抽取的种子。</translation>
    </message>
    <message>
        <source>Signs the bundle with this secret key (assay reference key), in FILE.sig.</source>
        <translation>用此私钥（assay reference key）为参考包签名，写入 FILE.sig。</translation>
    </message>
    <message>
        <source>With show: FILE.sig must be signed with this open key.</source>
        <translation>与 show 一起使用：FILE.sig 必须由此公钥对应的私钥签名。</translation>
    </message>
    <message>
        <source>How an endpoint is spoken to.</source>
        <translation>与端点通信的方式。</translation>
    </message>
    <message>
        <source>Reference bundles: what a trusted model does, to hold endpoints against. record SUBJECT --out FILE; show FILE; key --out FILE.</source>
        <translation>参考包：可信模型的行为，供与端点对照。record SUBJECT --out FILE；show FILE；key --out FILE。</translation>
    </message>
    <message>
        <source>reference needs record SUBJECT --out FILE, show FILE or key --out FILE</source>
        <translation>reference 需要 record SUBJECT --out FILE、show FILE 或 key --out FILE</translation>
    </message>
    <message>
        <source>What is claimed: a known model, a known sheet, or a claim sheet (docs/IDENTITY.md).</source>
        <translation>所声明的内容：已知模型、已知声明表，或声明表文件（docs/IDENTITY.md）。</translation>
    </message>
    <message>
        <source>Keeps the subject&apos;s structure and facts as a known model of this name, instead of verifying.</source>
        <translation>不做核实，而是将被测对象的结构和事实以此名称保存为已知模型。</translation>
    </message>
    <message>
        <source>Lists the claims that are known by name.</source>
        <translation>列出可按名称使用的声明。</translation>
    </message>
    <message>
        <source>Which of the sheet&apos;s models the subject is said to be: full, distilled, base.</source>
        <translation>被测对象据称是声明表中的哪个模型：full（满血版）、distilled（蒸馏版）、base（基础版）。</translation>
    </message>
    <message>
        <source>SHA-256 of every weight file, as sha256sum writes them: the only thing that verifies.</source>
        <translation>每个权重文件的 SHA-256，与 sha256sum 的输出相同：唯一能得出“已核实”的依据。</translation>
    </message>
    <message>
        <source>Of an endpoint: tokenizers that are here, files or folders; may be given several times.</source>
        <translation>用于端点：本机的分词器，文件或文件夹；可多次给出。</translation>
    </message>
    <message>
        <source>A minute (the default).</source>
        <translation>一分钟（默认）。</translation>
    </message>
    <message>
        <source>More of the weights, or more requests.</source>
        <translation>检查更多权重，或发出更多请求。</translation>
    </message>
    <message>
        <source>All that can be looked at.</source>
        <translation>检查所有可检查的内容。</translation>
    </message>
    <message>
        <source>Your own odds that the claim holds, before any evidence; told apart from it.</source>
        <translation>在看到任何证据之前，你自己认为声明成立的优势比；与证据分开列出。</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>published facts of a model</source>
        <translation>已公布的模型事实</translation>
    </message>
    <message>
        <source>claim sheet</source>
        <translation>声明表</translation>
    </message>
    <message>
        <source>The sheet knows no version %1, but: %2</source>
        <translation>声明表中没有版本 %1，但有：%2</translation>
    </message>
    <message>
        <source>odds above 0</source>
        <translation>大于 0 的优势比</translation>
    </message>
    <message>
        <source>--%1 is for files; %2 is an endpoint</source>
        <translation>--%1 用于文件；%2 是端点</translation>
    </message>
    <message>
        <source>%1 is known now (%2)</source>
        <translation>%1 现为已知模型（%2）</translation>
    </message>
    <message>
        <source>Is it what they say it is? Holds a model&apos;s files or an endpoint against what is claimed of it. Exit 0: verified or consistent, 1: contradicted, 2: inconclusive or not tested.</source>
        <translation>是否如其所称？将模型文件或端点与其声明对照。退出码 0：已核实或与声明一致，1：与声明不符，2：证据不足或未检验。</translation>
    </message>
    <message>
        <source>verify needs a subject and --claim; --claims lists what is known</source>
        <translation>verify 需要被测对象和 --claim；--claims 列出已知的声明</translation>
    </message>
    <message>
        <source>Subject %1, claim %2%3, error rate of the report %4</source>
        <translation>被测对象 %1，声明 %2%3，报告错误率 %4</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Not determined</source>
        <translation>未确定</translation>
    </message>
    <message>
        <source>What would decide</source>
        <translation>如何才能判定</translation>
    </message>
    <message>
        <source>Likelihood ratio, claim over %1: e^%2</source>
        <translation>似然比，声明与 %1 之比：e^%2</translation>
    </message>
    <message>
        <source>; prior odds %1, posterior odds %2</source>
        <translation>；先验优势比 %1，后验优势比 %2</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>所属版本</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>声明值</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>查得值</translation>
    </message>
    <message>
        <source>How</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>match</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>contradiction</source>
        <translation>矛盾</translation>
    </message>
    <message>
        <source>test</source>
        <translation>检验</translation>
    </message>
    <message>
        <source>ratio</source>
        <translation>比值</translation>
    </message>
    <message>
        <source>as claimed</source>
        <translation>与声明相同</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>A harmless explanation: %1</source>
        <translation>无害的解释：%1</translation>
    </message>
    <message>
        <source>Cannot see: %1</source>
        <translation>无法看到：%1</translation>
    </message>
    <message>
        <source>Nearest known models</source>
        <translation>最接近的已知模型</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no name for a claim sheet: letters, digits, dots, dashes</source>
        <translation>“%1”不能作为声明表的名称：只可用字母、数字、点和连字符</translation>
    </message>
    <message>
        <source>%1 is the name of a known model or of a sheet that comes with Assay</source>
        <translation>%1 是已知模型或 Assay 自带声明表的名称</translation>
    </message>
    <message>
        <source>There is a claim sheet %1 of yours already</source>
        <translation>您已有名为 %1 的声明表</translation>
    </message>
    <message>
        <source>Of a switch: of which endpoint.</source>
        <translation>用于 switch：属于哪个端点。</translation>
    </message>
    <message>
        <source>new baseline</source>
        <translation>新基线</translation>
    </message>
    <message>
        <source>--new-baseline needs --why TEXT: it is written into the audit log</source>
        <translation>--new-baseline 需要 --why TEXT：它会写入审计日志</translation>
    </message>
    <message>
        <source>--check is logprobs, border, tokenizer or latency</source>
        <translation>--check 可为 logprobs、border、tokenizer 或 latency</translation>
    </message>
    <message>
        <source>The checks learn anew what is usual; written into the audit log. Asks nothing unless --once or --until is given, too.</source>
        <translation>各检查重新学习何为正常；写入审计日志。除非同时给出 --once 或 --until，否则不发出任何询问。</translation>
    </message>
    <message>
        <source>Of --new-baseline: the reason.</source>
        <translation>用于 --new-baseline：原因。</translation>
    </message>
    <message>
        <source>Of --new-baseline: of this endpoint alone.</source>
        <translation>用于 --new-baseline：仅此端点。</translation>
    </message>
    <message>
        <source>Of --new-baseline: of this check alone.</source>
        <translation>用于 --new-baseline：仅此检查。</translation>
    </message>
    <message>
        <source>at most %1 requests</source>
        <translation>最多 %1 个请求</translation>
    </message>
    <message>
        <source>Questions with long contexts; none without it.</source>
        <translation>长上下文的问题；不给出则没有。</translation>
    </message>
    <message>
        <source>Questions with long contexts.</source>
        <translation>长上下文的问题。</translation>
    </message>
    <message>
        <source>Prompts go into the model&apos;s own chat template, as an endpoint puts them there.</source>
        <translation>提示词放入模型自己的对话模板，与端点的做法相同。</translation>
    </message>
    <message>
        <source>How much is looked at and asked; --quick, --standard and --deep are the same.</source>
        <translation>查看和询问的规模；--quick、--standard 和 --deep 与之等效。</translation>
    </message>
    <message>
        <source>only one size can be asked for</source>
        <translation>只能要求一种规模</translation>
    </message>
    <message>
        <source>--size should be quick, standard or deep</source>
        <translation>--size 应为 quick、standard 或 deep</translation>
    </message>
    <message>
        <source>--%1 is for the reference of an endpoint; these are files</source>
        <translation>--%1 用于端点的参考；这里是文件</translation>
    </message>
    <message>
        <source>--%1 needs --reference</source>
        <translation>--%1 需要 --reference</translation>
    </message>
    <message>
        <source>Held against %1, size %2</source>
        <translation>对照 %1，规模 %2</translation>
    </message>
    <message>
        <source>Asked %1 requests, %2 tokens of prompts, %3 of answers</source>
        <translation>询问了 %1 个请求，提示词 %2 个 Token，回答 %3 个 Token</translation>
    </message>
    <message>
        <source>The open key that must vouch for the reference&apos;s file, with a signature in FILE.sig.</source>
        <translation>必须为参考文件作证的公钥，签名在 FILE.sig 中。</translation>
    </message>
    <message>
        <source>Beside a reference&apos;s file: a directory with its model, which reads the endpoint&apos;s answers token by token.</source>
        <translation>与参考文件并用：含其模型的目录，用于逐 Token 读取端点的回答。</translation>
    </message>
    <message>
        <source>The environment variable that holds the key of a reference that is an endpoint.</source>
        <translation>当参考是端点时，保存其密钥的环境变量。</translation>
    </message>
    <message>
        <source>Where a reference&apos;s weights are computed.</source>
        <translation>在何处计算参考的权重。</translation>
    </message>
    <message>
        <source>In which they are computed; auto: as they are stored.</source>
        <translation>以何种数据类型计算；auto：按存储的类型。</translation>
    </message>
    <message>
        <source>How the worker is started that computes them.</source>
        <translation>如何启动计算它们的工作进程。</translation>
    </message>
    <message>
        <source>Of files: a model that the weights are compared with. Of an endpoint: a reference&apos;s file (assay reference), a model&apos;s directory or another endpoint; without a size it means --size standard.</source>
        <translation>对文件：用来比较权重的模型。对端点：参考文件（assay reference）、模型目录或另一个端点；未给出规模时即为 --size standard。</translation>
    </message>
    <message>
        <source>The endpoint is served as the reference is: same engine, device and precision. Without it nothing is supposed of that.</source>
        <translation>端点的部署与参考相同：引擎、设备和精度一致。不给出时对此不作任何假定。</translation>
    </message>
    <message>
        <source>--trust holds no key of assay reference key</source>
        <translation>--trust 中没有 assay reference key 生成的密钥</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>%1 prompt tokens, %2 output tokens, batch %3</source>
        <translation>提示 %1 Token，输出 %2 Token，批大小 %3</translation>
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
        <source>Outcomes</source>
        <translation>答题结果</translation>
    </message>
    <message>
        <source>%1 of %2 {2:item|items}</source>
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
        <source>%1 was measured with %2 {2:thread|threads}, %3 with %4.</source>
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
        <source>%1 answered only %2 of the %3 {3:item|items} of %4.</source>
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
        <source>%1 is right on %2 of %3 {3:item|items} of %6, takes %4 a token and %5 of memory. Add a second subject to compare.</source>
        <translation>%1 在 %6 的 %3 道题目中答对 %2，每 Token 用时 %4，占用显存/内存 %5。再添加一个被测对象即可对比。</translation>
    </message>
    <message>
        <source>%1 is right on %2 of %3 {3:item|items} of %6. Add a second subject to compare.</source>
        <translation>%1 在 %6 的 %3 道题目中答对 %2。再添加一个被测对象即可对比。</translation>
    </message>
    <message>
        <source>load time (ms)</source>
        <translation>加载时间（ms）</translation>
    </message>
    <message>
        <source>%1 is still being asked: %2 of the %3 {3:item|items} of %4 {2:is|are} answered, the others may be easier or harder.</source>
        <translation>%1 仍在答题：%4 的 %3 道题目已回答 %2 道，其余题目可能更易或更难。</translation>
    </message>
    <message>
        <source>Distilling cost accuracy: it differs from that of %2 by %1 percentage points on %5 (%3, n = %4).</source>
        <translation>蒸馏损失了准确率：在 %5 上与%2相差 %1 个百分点（%3，n = %4）。</translation>
    </message>
    <message>
        <source>%2 is right on none of the %6 shared {6:item|items} of %7, so no share of its accuracy can be given for %1.</source>
        <translation>%2在 %7 的 %6 道共同题目上无一答对，因此无法给出%1保留其准确率的比例。</translation>
    </message>
    <message>
        <source>%1 runs at %4 times the speed of %2; %2 is right on none of the %6 shared {6:item|items} of %7, so no share of its accuracy can be given.</source>
        <translation>%1的速度是%2的 %4 倍；%2在 %7 的 %6 道共同题目上无一答对，因此无法给出保留其准确率的比例。</translation>
    </message>
    <message>
        <source>%1 runs at %4 times the speed of %2 in %5 times its memory; %2 is right on none of the %6 shared {6:item|items} of %7, so no share of its accuracy can be given.</source>
        <translation>%1的速度是%2的 %4 倍，显存/内存是其 %5 倍；%2在 %7 的 %6 道共同题目上无一答对，因此无法给出保留其准确率的比例。</translation>
    </message>
    <message>
        <source>inputs per second</source>
        <translation>每秒输入数</translation>
    </message>
    <message>
        <source>%1 takes %2 a pass and %3 of memory. Add a second subject to compare.</source>
        <translation>%1 每次前向通过用时 %2，占用内存 %3。请添加第二个被测对象以便比较。</translation>
    </message>
    <message>
        <source>passes over %1</source>
        <translation>对 %1 的前向通过</translation>
    </message>
    <message>
        <source>passes over %1 tokens, batch %2</source>
        <translation>对 %1 个 Token 的前向通过，批量 %2</translation>
    </message>
    <message>
        <source>Computed in</source>
        <translation>计算类型</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>内存中的权重</translation>
    </message>
    <message>
        <source>How the weights are stored in the files, and how they were kept and computed with.</source>
        <translation>权重在文件中如何存储，以及如何保存在内存中并参与计算。</translation>
    </message>
    <message>
        <source>Tensors not used</source>
        <translation>未使用的张量</translation>
    </message>
    <message>
        <source>Tensors of the files that the model as it was computed has no place for.</source>
        <translation>文件中有、但所计算的模型中没有位置的张量。</translation>
    </message>
    <message>
        <source>As computed</source>
        <translation>按计算类型</translation>
    </message>
    <message>
        <source>The output of %1 holds %2 {2:number that is|numbers that are} NaN or infinite: random inputs may be none that it was made for.</source>
        <translation>%1 的输出中有 %2 个 NaN 或无穷的数：随机输入可能不是它所适用的输入。</translation>
    </message>
    <message>
        <source>open loop, constant %1/s</source>
        <translation>开环，恒定 %1/s</translation>
    </message>
    <message>
        <source>open loop, Poisson %1/s</source>
        <translation>开环，泊松 %1/s</translation>
    </message>
    <message>
        <source>open loop, trace</source>
        <translation>开环，到达轨迹</translation>
    </message>
    <message>
        <source>open loop, trace at %1 times its pace</source>
        <translation>开环，到达轨迹，按其 %1 倍速</translation>
    </message>
    <message>
        <source>%1 prompt tokens after %3, %2 output tokens</source>
        <translation>在 %3 Token 之后提示 %1 Token，输出 %2 Token</translation>
    </message>
    <message>
        <source>%1 prompt tokens, %2 output tokens</source>
        <translation>提示 %1 Token，输出 %2 Token</translation>
    </message>
    <message>
        <source>%1 prompt tokens after %4, %2 output tokens, batch %3</source>
        <translation>在 %4 Token 之后提示 %1 Token，输出 %2 Token，批大小 %3</translation>
    </message>
    <message>
        <source>closed loop, %1 in flight</source>
        <translation>闭环，在途 %1</translation>
    </message>
    <message>
        <source>%1: %2 of %3 meet all goals</source>
        <translation>%1：%3 个中有 %2 达到全部目标</translation>
    </message>
    <message>
        <source>Goals met: each request by its times</source>
        <translation>达标情况：每个请求按其时间</translation>
    </message>
    <message>
        <source>%1; goals: %2</source>
        <translation>%1；目标：%2</translation>
    </message>
    <message>
        <source>time to first token from the schedule (ms)</source>
        <translation>从计划时刻起的首 Token 延迟（ms）</translation>
    </message>
    <message>
        <source>time to first token (ms)</source>
        <translation>首 Token 延迟（ms）</translation>
    </message>
    <message>
        <source>Drag the lines to judge the same requests by other goals.</source>
        <translation>拖动直线，可按其他目标评判同一批请求。</translation>
    </message>
    <message>
        <source>TTFT %1</source>
        <translation>TTFT %1</translation>
    </message>
    <message>
        <source>TPOT %1</source>
        <translation>TPOT %1</translation>
    </message>
    <message>
        <source>prompt tokens</source>
        <translation>提示 Token 数</translation>
    </message>
    <message>
        <source>tokens in the context before</source>
        <translation>之前上下文中的 Token 数</translation>
    </message>
    <message>
        <source>requests in flight</source>
        <translation>在途请求数</translation>
    </message>
    <message>
        <source>arrivals per second</source>
        <translation>每秒到达数</translation>
    </message>
    <message>
        <source>Time to first token over the prompt&apos;s length</source>
        <translation>首 Token 延迟随提示长度的变化</translation>
    </message>
    <message>
        <source>Decode speed over the context before</source>
        <translation>解码速度随之前上下文的变化</translation>
    </message>
    <message>
        <source>Throughput over the requests in flight</source>
        <translation>吞吐随在途请求数的变化</translation>
    </message>
    <message>
        <source>Time to first token over the requests in flight</source>
        <translation>首 Token 延迟随在途请求数的变化</translation>
    </message>
    <message>
        <source>Goals met over the requests in flight</source>
        <translation>达标比例随在途请求数的变化</translation>
    </message>
    <message>
        <source>Throughput over the rate of arrivals</source>
        <translation>吞吐随到达速率的变化</translation>
    </message>
    <message>
        <source>Time to first token, from the schedule, over the rate of arrivals</source>
        <translation>从计划时刻起的首 Token 延迟随到达速率的变化</translation>
    </message>
    <message>
        <source>Goals met over the rate of arrivals</source>
        <translation>达标比例随到达速率的变化</translation>
    </message>
    <message>
        <source>share of requests not longer</source>
        <translation>不超过该时间的请求占比</translation>
    </message>
    <message>
        <source>Distribution of the time to first token</source>
        <translation>首 Token 延迟的分布</translation>
    </message>
    <message>
        <source>Distribution of the end-to-end time</source>
        <translation>端到端时间的分布</translation>
    </message>
    <message>
        <source>end-to-end time (ms)</source>
        <translation>端到端时间（ms）</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>解码方式</translation>
    </message>
    <message>
        <source>How one token was made after the other: by steps that the device recorded once, or step by step, and why so where the device could record them.</source>
        <translation>Token 逐个生成的方式：由设备一次性录制各步后重放，或逐步执行；设备本可录制却未录制时，说明原因。</translation>
    </message>
    <message>
        <source>The tokens of %1 were decoded %2, those of %3 %4: this changes the time per token.</source>
        <translation>%1 的 Token 解码方式为“%2”，%3 的为“%4”：这会影响每 Token 延迟。</translation>
    </message>
    <message>
        <source>Speed against this machine&apos;s limits</source>
        <translation>速度与本机极限之比</translation>
    </message>
    <message>
        <source>share of the measured limit</source>
        <translation>占实测极限的比例</translation>
    </message>
    <message>
        <source>measured limit</source>
        <translation>实测极限</translation>
    </message>
    <message>
        <source>The limits were measured on the same machine before the run. Models that stay in the processor&apos;s caches have no limit by memory.</source>
        <translation>极限在运行前于同一台机器上测得。能留在处理器缓存中的模型不受内存带宽限制。</translation>
    </message>
    <message>
        <source>Where the time of a token goes</source>
        <translation>一个 Token 的时间花在哪里</translation>
    </message>
    <message>
        <source>Timed apart in one more run of the same load, which looking at the clock makes a little longer.</source>
        <translation>在同一负载下另行计时一次；读取时钟会使其略微变长。</translation>
    </message>
    <message>
        <source>%1 is an endpoint: on what it runs and what else it does is not known, and the network is in its times.</source>
        <translation>%1 是端点：不清楚它运行在什么设备上、还在做什么，其时间包含网络。</translation>
    </message>
    <message>
        <source>closed loop, %1 to %2 in flight</source>
        <translation>闭环，在途 %1 至 %2</translation>
    </message>
    <message>
        <source>open loop, constant, %1 to %2 arrivals/s</source>
        <translation>开环，恒定 %1 至 %2/s</translation>
    </message>
    <message>
        <source>open loop, Poisson, %1 to %2 arrivals/s</source>
        <translation>开环，泊松 %1 至 %2/s</translation>
    </message>
    <message>
        <source>open loop, trace at %1 to %2 times its pace</source>
        <translation>开环，到达轨迹，按其 %1 至 %2 倍速</translation>
    </message>
    <message>
        <source>%1 + %2: %3</source>
        <translation>%1 + %2：%3</translation>
    </message>
    <message>
        <source>prompt + output tokens: requests in flight</source>
        <translation>提示 + 输出 Token 数：在途请求数</translation>
    </message>
    <message>
        <source>%1; endpoints: %2</source>
        <translation>%1；端点：%2</translation>
    </message>
    <message>
        <source>batch %1</source>
        <translation>批大小 %1</translation>
    </message>
    <message>
        <source>share that meets all goals</source>
        <translation>达到全部目标的占比</translation>
    </message>
    <message>
        <source>good: %1 of the requests</source>
        <translation>达标：%1 的请求</translation>
    </message>
    <message>
        <source>%1 output tokens</source>
        <translation>输出 %1 Token</translation>
    </message>
    <message>
        <source>%1: predicted %2, measured %3 of tensors: within the prediction.</source>
        <translation>%1：预测 %2，张量实测 %3：在预测范围之内。</translation>
    </message>
    <message>
        <source>%1: predicted %2, measured %3 of tensors: the prediction is %4 too low.</source>
        <translation>%1：预测 %2，张量实测 %3：预测偏低 %4。</translation>
    </message>
    <message>
        <source>%1: predicted %2, measured %3 of tensors: the prediction is %4 too high.</source>
        <translation>%1：预测 %2，张量实测 %3：预测偏高 %4。</translation>
    </message>
    <message>
        <source>Its process took %1 of host memory, libraries included.</source>
        <translation>其进程占用主机内存 %1，包含库。</translation>
    </message>
    <message>
        <source>Memory, predicted beside measured</source>
        <translation>显存/内存：预测与实测对照</translation>
    </message>
    <message>
        <source>%1, predicted</source>
        <translation>%1，预测</translation>
    </message>
    <message>
        <source>%1, measured</source>
        <translation>%1，实测</translation>
    </message>
    <message>
        <source>not comparable: other %1</source>
        <translation>不可比：%1 不同</translation>
    </message>
    <message>
        <source>paired, n = %1</source>
        <translation>配对，n = %1</translation>
    </message>
    <message>
        <source>unpaired, n = %1</source>
        <translation>非配对，n = %1</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>the difference is smaller than noise (%1)</source>
        <translation>差异小于噪声（%1）</translation>
    </message>
    <message>
        <source>better (%1)</source>
        <translation>更好（%1）</translation>
    </message>
    <message>
        <source>worse (%1)</source>
        <translation>更差（%1）</translation>
    </message>
    <message>
        <source>These runs have no metric in common.</source>
        <translation>这些运行记录没有共有的指标。</translation>
    </message>
    <message>
        <source>%1 did not come to its end: what it has is compared.</source>
        <translation>%1 未运行到结束：以其已有的数据对比。</translation>
    </message>
    <message>
        <source>The runs were not measured in turn: what the machine or the server did otherwise at another time is in the differences, and not in their intervals.</source>
        <translation>这些运行记录不是轮流测量的：机器或服务器在不同时间的其他活动会计入差异，而不计入其置信区间。</translation>
    </message>
    <message>
        <source>An endpoint&apos;s times hold the network and whatever else its machine does; on what it runs is not known.</source>
        <translation>端点的时间包含网络以及其机器的其他活动；不清楚它运行在什么设备上。</translation>
    </message>
    <message>
        <source>No number can be compared: see in what the runs are not alike.</source>
        <translation>没有可比的数值：请查看这些运行记录在哪些方面不一致。</translation>
    </message>
    <message>
        <source>Of %1 differences %2 are to the better, %3 to the worse, %4 neither, %5 smaller than noise, and %6 have too few samples. Of twenty that are none, one looks like one at 95 %.</source>
        <translation>%1 项差异中，%2 项更好，%3 项更差，%4 项不分好坏，%5 项小于噪声，%6 项样本太少。在 95 % 的置信水平下，每二十项并不存在的差异中会有一项看似存在。</translation>
    </message>
    <message>
        <source>Difference to %1</source>
        <translation>与 %1 的差异</translation>
    </message>
    <message>
        <source>difference, % of the reference</source>
        <translation>差异，占基准的 %</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>无差异</translation>
    </message>
    <message>
        <source>Bars are 95 % intervals; one that crosses the line is a difference smaller than noise.</source>
        <translation>横条为 95 % 置信区间；跨过该线表示差异小于噪声。</translation>
    </message>
    <message>
        <source>At least %1 of the answers meet all goals (%2) up to this load: %3.</source>
        <translation>直到此负载，至少 %1 的回答达到全部目标（%2）：%3。</translation>
    </message>
    <message>
        <source>Fewer than %1 of the answers meet all goals (%2) even under the lowest load: %3.</source>
        <translation>即使在最低负载下，达到全部目标（%2）的回答也不足 %1：%3。</translation>
    </message>
    <message>
        <source>knee, goals met up to here</source>
        <translation>拐点，达标至此</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>拐点</translation>
    </message>
    <message>
        <source>goals met up to here</source>
        <translation>达标至此</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>benchmark</source>
        <translation>基准测试</translation>
    </message>
    <message>
        <source>the server&apos;s own</source>
        <translation>服务器默认</translation>
    </message>
    <message>
        <source>kind of run</source>
        <translation>运行类型</translation>
    </message>
    <message>
        <source>suite</source>
        <translation>评测集</translation>
    </message>
    <message>
        <source>prompts for the server&apos;s cache</source>
        <translation>针对服务器缓存的提示</translation>
    </message>
    <message>
        <source>subject</source>
        <translation>被测对象</translation>
    </message>
    <message>
        <source>machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>dtype</source>
        <translation>数据类型</translation>
    </message>
    <message>
        <source>output tokens</source>
        <translation>输出 Token 数</translation>
    </message>
    <message>
        <source>context depth</source>
        <translation>上下文深度</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>decoding</source>
        <translation>解码方式</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>seed of the prompts</source>
        <translation>提示的种子</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>declared inputs</source>
        <translation>声明的输入</translation>
    </message>
    <message>
        <source>%1 of %2 right</source>
        <translation>%2 题中答对 %1</translation>
    </message>
    <message>
        <source>%1, %2 %3</source>
        <translation>%1，%3 %2</translation>
    </message>
    <message>
        <source>%1: %2; n = %3</source>
        <translation>%1：%2；n = %3</translation>
    </message>
    <message>
        <source>%1; about %2 more items would decide</source>
        <translation>%1；再有约 %2 题即可判定</translation>
    </message>
    <message>
        <source>Difference of accuracy to %1</source>
        <translation>与 %1 的准确率之差</translation>
    </message>
    <message>
        <source>the same items, paired; margin %1 points</source>
        <translation>相同题目，配对；界值 %1 个百分点</translation>
    </message>
    <message>
        <source>difference (percentage points)</source>
        <translation>差值（百分点）</translation>
    </message>
    <message>
        <source>margin</source>
        <translation>界值</translation>
    </message>
    <message>
        <source>Intervals are at 95 %. Not inferior: the whole interval is above the margin. Inferior: all of it is below. Undecided: more items are needed.</source>
        <translation>区间为 95 %。非劣：整个区间高于界值。较劣：整个区间低于界值。未定：需要更多题目。</translation>
    </message>
    <message>
        <source>%1; %2 items that both answered</source>
        <translation>%1；双方均回答的 %2 题</translation>
    </message>
    <message>
        <source>What became of the same questions: %1 and %2</source>
        <translation>相同题目的结果：%1 与 %2</translation>
    </message>
    <message>
        <source>%1 of the items flip between right and not right: %2 are lost, %3 gained.</source>
        <translation>%1 的题目在答对与未答对之间翻转：失去 %2，获得 %3。</translation>
    </message>
    <message>
        <source>Where the gap comes from: %1 and %2</source>
        <translation>差距从何而来：%1 与 %2</translation>
    </message>
    <message>
        <source>difference by class</source>
        <translation>各类的差值</translation>
    </message>
    <message>
        <source>Each step is what this class of outcomes takes or gives. Only the last one, wrong, is the model itself: the others are limits, formats, refusals and faults.</source>
        <translation>每一步是该类结果带来的增减。只有最后的答错属于模型本身：其余是上限、格式、拒答和故障。</translation>
    </message>
    <message>
        <source>n = %1, k = %2, %3 answered, %4 truncated</source>
        <translation>n = %1，k = %2，已回答 %3，被截断 %4</translation>
    </message>
    <message>
        <source>%1 against %2: %3, %4 points on %5 items, margin %6.</source>
        <translation>%1 对比 %2：%3，%5 题上相差 %4 个百分点，界值 %6。</translation>
    </message>
    <message>
        <source>%1 About %2 more items would decide.</source>
        <translation>%1再有约 %2 题即可判定。</translation>
    </message>
    <message>
        <source>cost (seconds an item)</source>
        <translation>成本（每题秒数）</translation>
    </message>
    <message>
        <source>cost (output tokens an item)</source>
        <translation>成本（每题输出 Token 数）</translation>
    </message>
    <message>
        <source>by the length of the prompt</source>
        <translation>按提示词长度</translation>
    </message>
    <message>
        <source>by the length of its answer, then both are paid</source>
        <translation>按其回答长度，此时两者都要付费</translation>
    </message>
    <message>
        <source>%1; %2 to the reference</source>
        <translation>%1；%2 转给基准</translation>
    </message>
    <message>
        <source>at random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>the best that any could do</source>
        <translation>可能的最佳结果</translation>
    </message>
    <message>
        <source>%1 Threshold %2 was chosen on %3 items; on the %4 others it gives %5 at a cost of %6.</source>
        <translation>%1阈值 %2 在 %3 题上选定；在其余 %4 题上，其结果为 %5，成本为 %6。</translation>
    </message>
    <message>
        <source>What if %1 answered, and %2 only what looks hard</source>
        <translation>假如由 %1 回答，%2 只回答看似困难的题目</translation>
    </message>
    <message>
        <source>prompts of %1 tokens and more to %2: %3</source>
        <translation>%1 Token 及以上的提示词转给 %2：%3</translation>
    </message>
    <message>
        <source>%1; n = %2</source>
        <translation>%1；n = %2</translation>
    </message>
    <message>
        <source>Accuracy of %1 over %2 and %3</source>
        <translation>%1 的准确率随 %2 和 %3 的变化</translation>
    </message>
    <message>
        <source>Right answers in percent; hatched where fewer than ten items are behind it.</source>
        <translation>答对的百分比；题目少于十道处以斜线标出。</translation>
    </message>
    <message>
        <source>few items</source>
        <translation>题目过少</translation>
    </message>
    <message>
        <source>%1 minus %2 over %3 and %4</source>
        <translation>%1 减 %2，随 %3 和 %4 的变化</translation>
    </message>
    <message>
        <source>Difference of the right answers in percentage points on the same items; hatched where it is not resolved: its interval holds 0.</source>
        <translation>相同题目上答对率之差，以百分点表示；斜线处无法分辨：其区间包含 0。</translation>
    </message>
    <message>
        <source>not resolved</source>
        <translation>无法分辨</translation>
    </message>
    <message>
        <source>Difference of accuracy over %1</source>
        <translation>准确率之差随 %1 的变化</translation>
    </message>
    <message>
        <source>%1; to %2, on the same items</source>
        <translation>%1；与 %2 相比，相同题目</translation>
    </message>
    <message>
        <source>Whiskers are paired intervals at 95 %; where one crosses 0 the difference is not resolved.</source>
        <translation>误差线为 95 % 配对区间；跨过 0 处差异无法分辨。</translation>
    </message>
    <message>
        <source>%1 What became of the same questions is drawn for the first %2 pairs of subjects and suites; %3 more are in the table of pairs.</source>
        <translation>%1 图中给出前 %2 组被测对象与评测集在相同题目上的变化；另外 %3 组见配对表。</translation>
    </message>
    <message>
        <source>%1 The suite has %2 tasks, and not every cell has items of all: cells also differ by task.</source>
        <translation>%1 该评测集有 %2 个任务，并非每格都含有全部任务的题目：各格之间也有任务差异。</translation>
    </message>
    <message>
        <source>Accuracy over time per pass</source>
        <translation>准确率与每次前向通过的时间</translation>
    </message>
    <message>
        <source>time per pass (ms)</source>
        <translation>每次前向通过的时间（ms）</translation>
    </message>
    <message>
        <source>A read of %1 brought %2 tokens on average.</source>
        <translation>%1 的每次读取平均带来 %2 个 Token。</translation>
    </message>
    <message>
        <source>Distribution of the time between reads</source>
        <translation>读取间隔的分布</translation>
    </message>
    <message>
        <source>time between reads (ms)</source>
        <translation>读取间隔（ms）</translation>
    </message>
    <message>
        <source>held against %1 on %2; %3</source>
        <translation>在 %2 上与 %1 对照；%3</translation>
    </message>
    <message>
        <source>Divergence of the next token, by position</source>
        <translation>各位置下一 Token 的散度</translation>
    </message>
    <message>
        <source>KL divergence, lower bound (nats)</source>
        <translation>KL 散度，下界（nat）</translation>
    </message>
    <message>
        <source>KL divergence (nats)</source>
        <translation>KL 散度（nat）</translation>
    </message>
    <message>
        <source>positions with no more</source>
        <translation>不超过此值的位置</translation>
    </message>
    <message>
        <source>Further to the left is closer to the reference. Divergences that are not above 0 are left out.</source>
        <translation>越靠左越接近基准。不大于 0 的散度未画出。</translation>
    </message>
    <message>
        <source>%1 of %2 positions: %3 nats or less</source>
        <translation>%2 个位置中的 %1：%3 nat 或更低</translation>
    </message>
    <message>
        <source>No position was compared.</source>
        <translation>没有比较任何位置。</translation>
    </message>
    <message>
        <source>Mean divergence of the next token</source>
        <translation>下一 Token 的平均散度</translation>
    </message>
    <message>
        <source>Intervals are at 95 %, parts of the text taken as independent. Published means beside the same model in 16 bits: %1 (Llama-3-8B, llama.cpp pull request 6936; Q3 of Watt-Tool-8B-GGUF, eaddario). Other texts and models shift them.</source>
        <translation>区间为 95 %，将文本各部分视为独立。已公布的相对同一模型 16 位版本的平均值：%1（Llama-3-8B，llama.cpp 拉取请求 6936；Q3 来自 Watt-Tool-8B-GGUF，eaddario）。换用其他文本和模型会使其变化。</translation>
    </message>
    <message>
        <source>at least: </source>
        <translation>至少：</translation>
    </message>
    <message>
        <source>Same likeliest token</source>
        <translation>最可能 Token 相同</translation>
    </message>
    <message>
        <source>positions (%)</source>
        <translation>位置（%）</translation>
    </message>
    <message>
        <source>Of the positions where both were asked for the next token. Intervals are at 95 %, parts of the text taken as independent.</source>
        <translation>占两者都被询问下一 Token 的位置的比例。区间为 95 %，将文本各部分视为独立。</translation>
    </message>
    <message>
        <source>Perplexity beside the reference&apos;s</source>
        <translation>相对基准的困惑度</translation>
    </message>
    <message>
        <source>above the reference (%)</source>
        <translation>高于基准（%）</translation>
    </message>
    <message>
        <source>The ratio of perplexities less 1, the same tokens paired. Intervals are at 95 %, parts of the text taken as independent.</source>
        <translation>困惑度之比减 1，相同 Token 配对。区间为 95 %，将文本各部分视为独立。</translation>
    </message>
    <message>
        <source>ratio %1 ± %2; perplexity %3, reference %4</source>
        <translation>比值 %1 ± %2；困惑度 %3，基准 %4</translation>
    </message>
    <message>
        <source>Bits per byte of what the reference wrote</source>
        <translation>基准所写文本的每字节比特数</translation>
    </message>
    <message>
        <source>above the reference (bits per byte)</source>
        <translation>高于基准（每字节比特数）</translation>
    </message>
    <message>
        <source>Comparable across vocabularies. Intervals are at 95 %, texts taken as independent.</source>
        <translation>不同词表之间可比。区间为 95 %，将各段文本视为独立。</translation>
    </message>
    <message>
        <source>%1 more: %2, reference %3; %4 bytes</source>
        <translation>多 %1：%2，基准 %3；%4 字节</translation>
    </message>
    <message>
        <source>%1 %; n = %2</source>
        <translation>%1 %；n = %2</translation>
    </message>
    <message>
        <source>How alike the answers are</source>
        <translation>回答的相似程度</translation>
    </message>
    <message>
        <source>the same items, beside %1</source>
        <translation>相同题目，相对 %1</translation>
    </message>
    <message>
        <source>items (%)</source>
        <translation>题目（%）</translation>
    </message>
    <message>
        <source>Needs no common vocabulary. Same wrong: of the items that both have wrong. Flips: right of one alone. Kappa is agreement beyond chance. Intervals are at 95 %.</source>
        <translation>不需要共同的词表。同错：占两者都答错的题目的比例。翻转：仅其中一个答对。Kappa 是超出随机水平的一致性。区间为 95 %。</translation>
    </message>
    <message>
        <source>; kappa %1</source>
        <translation>；kappa %1</translation>
    </message>
    <message>
        <source>; right of the reference alone %1, of this one alone %2</source>
        <translation>；仅基准答对 %1，仅此对象答对 %2</translation>
    </message>
    <message>
        <source>below %1</source>
        <translation>低于 %1</translation>
    </message>
    <message>
        <source>above %1</source>
        <translation>高于 %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>KL(reference || subject) of the next token in nats, at temperature 1, over the positions of the text.</source>
        <translation>下一 Token 的 KL(基准 || 被测对象)，单位 nat，温度 1，遍及文本各位置。</translation>
    </message>
    <message>
        <source>Mean divergence (nats)</source>
        <translation>平均散度（nat）</translation>
    </message>
    <message>
        <source>Divergence, median (nats)</source>
        <translation>散度，中位数（nat）</translation>
    </message>
    <message>
        <source>Divergence, 90 % (nats)</source>
        <translation>散度，90 %（nat）</translation>
    </message>
    <message>
        <source>Divergence, 99 % (nats)</source>
        <translation>散度，99 %（nat）</translation>
    </message>
    <message>
        <source>Divergence, 99.9 % (nats)</source>
        <translation>散度，99.9 %（nat）</translation>
    </message>
    <message>
        <source>Divergence, largest (nats)</source>
        <translation>散度，最大（nat）</translation>
    </message>
    <message>
        <source>Same likeliest token (%)</source>
        <translation>最可能 Token 相同（%）</translation>
    </message>
    <message>
        <source>Share of the positions where both find the same token the likeliest.</source>
        <translation>两者认为同一 Token 最可能的位置所占比例。</translation>
    </message>
    <message>
        <source>Change of probability, mean (points)</source>
        <translation>概率变化，平均（百分点）</translation>
    </message>
    <message>
        <source>Of the text&apos;s own token: the subject&apos;s probability less the reference&apos;s.</source>
        <translation>文本本身的 Token：被测对象的概率减去基准的概率。</translation>
    </message>
    <message>
        <source>Change of probability, RMS (points)</source>
        <translation>概率变化，均方根（百分点）</translation>
    </message>
    <message>
        <source>Root of the mean square of the changes of probability of the text&apos;s own token.</source>
        <translation>文本本身 Token 的概率变化的均方根。</translation>
    </message>
    <message>
        <source>Perplexity of the reference</source>
        <translation>基准的困惑度</translation>
    </message>
    <message>
        <source>On the same positions.</source>
        <translation>在相同的位置上。</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Ratio of perplexities</source>
        <translation>困惑度之比</translation>
    </message>
    <message>
        <source>Subject over reference, with its paired error: SEq^2 + SEb^2 - 2 Cov of the logarithms.</source>
        <translation>被测对象除以基准，附配对误差：对数的 SEq^2 + SEb^2 - 2 Cov。</translation>
    </message>
    <message>
        <source>Correlation of log-likelihoods (%)</source>
        <translation>对数似然的相关性（%）</translation>
    </message>
    <message>
        <source>Of the text&apos;s tokens.</source>
        <translation>文本各 Token 的。</translation>
    </message>
    <message>
        <source>Distillation objective (nats)</source>
        <translation>蒸馏目标值（nat）</translation>
    </message>
    <message>
        <source>alpha T^2 KL(reference || subject), both softened by T, + (1 - alpha) cross entropy: a loss to train by, no measure of fidelity.</source>
        <translation>alpha T^2 KL(基准 || 被测对象)（两者均以 T 软化）+ (1 - alpha) 交叉熵：是训练用的损失，不是保真度的度量。</translation>
    </message>
    <message>
        <source>Bits per byte of the reference&apos;s texts, by itself</source>
        <translation>基准对自身文本的每字节比特数</translation>
    </message>
    <message>
        <source>Texts that the reference wrote, over all together.</source>
        <translation>基准所写的文本，合并计算。</translation>
    </message>
    <message>
        <source>Bits per byte of the reference&apos;s texts</source>
        <translation>基准文本的每字节比特数</translation>
    </message>
    <message>
        <source>Bits per byte above the reference</source>
        <translation>高于基准的每字节比特数</translation>
    </message>
    <message>
        <source>Paired, text by text.</source>
        <translation>逐段文本配对。</translation>
    </message>
    <message>
        <source>Not measured.</source>
        <translation>未测量。</translation>
    </message>
    <message>
        <source>held against %1 on %2; %3; %4 positions, %5 texts</source>
        <translation>在 %2 上与 %1 对照；%3；%4 个位置，%5 段文本</translation>
    </message>
    <message>
        <source>%1: same answer (%)</source>
        <translation>%1：回答相同（%）</translation>
    </message>
    <message>
        <source>Share of the items that both answered with the same answer.</source>
        <translation>两者回答相同的题目所占比例。</translation>
    </message>
    <message>
        <source>%1: kappa</source>
        <translation>%1：kappa</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa: agreement beyond chance, 1 for all, 0 for what chance would give.</source>
        <translation>Cohen&apos;s kappa：超出随机水平的一致性，1 为完全一致，0 为随机水平。</translation>
    </message>
    <message>
        <source>%1: same wrong answer (%)</source>
        <translation>%1：错误回答相同（%）</translation>
    </message>
    <message>
        <source>Of the items that both have wrong. Shared mistakes speak for a common origin.</source>
        <translation>占两者都答错的题目的比例。相同的错误表明同源。</translation>
    </message>
    <message>
        <source>%1: flips (%)</source>
        <translation>%1：翻转（%）</translation>
    </message>
    <message>
        <source>Share of the items that are right of one alone: accuracy may stay while answers change.</source>
        <translation>仅其中一个答对的题目所占比例：准确率可能不变而回答已变。</translation>
    </message>
    <message>
        <source>Answers beside those of %1</source>
        <translation>与 %1 的回答对照</translation>
    </message>
    <message>
        <source>No items that both answered.</source>
        <translation>没有两者都回答过的题目。</translation>
    </message>
    <message>
        <source>%1 items; right of the reference alone %2, of this one alone %3</source>
        <translation>%1 题；仅基准答对 %2，仅此对象答对 %3</translation>
    </message>
    <message>
        <source>Not held against this reference.</source>
        <translation>未与此基准对照。</translation>
    </message>
    <message>
        <source>Not compared token by token</source>
        <translation>未逐 Token 比较</translation>
    </message>
    <message>
        <source>%1 of them drawn, %2 left out</source>
        <translation>其中画出 %1 个，略去 %2 个</translation>
    </message>
    <message>
        <source>%1 %2: what it has is compared.</source>
        <translation>%1 %2：以已有的部分进行比较。</translation>
    </message>
    <message>
        <source>What most weights were multiplied as; int8 is the model with each row of its matrices rounded while it was loaded, pruned one whose smallest weights were set to zero then.</source>
        <translation>多数权重相乘时的数据类型；int8 是加载时将矩阵逐行取整的模型，剪枝是加载时将最小权重置零的模型。</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>What the prompts of the benchmark were made of. Random tokens go to more experts of a mixture than text does.</source>
        <translation>测量用的提示由什么构成。随机 Token 比文本触及更多的专家。</translation>
    </message>
    <message>
        <source>The share of an item&apos;s samples that are right, averaged over the items; of the samples that are really there.</source>
        <translation>每题样本中正确的比例，对题目取平均；只计实际存在的样本。</translation>
    </message>
    <message>
        <source>The chance that at least one of k samples is right: 1 - C(n-c, k) / C(n, k) with the n samples of an item that are really there. Items with fewer than k are left out.</source>
        <translation>k 个样本中至少一个正确的概率：1 - C(n-c, k) / C(n, k)，n 为该题实际存在的样本数。样本少于 k 个的题目不计。</translation>
    </message>
    <message>
        <source>The chance that all of k samples are right: C(c, k) / C(n, k). Items with fewer than k are left out.</source>
        <translation>k 个样本全部正确的概率：C(c, k) / C(n, k)。样本少于 k 个的题目不计。</translation>
    </message>
    <message>
        <source>How often the answer that most of an item&apos;s samples give is right; not known where answers are long.</source>
        <translation>每题多数样本给出的回答正确的频率；回答很长时无法得知。</translation>
    </message>
    <message>
        <source>Repeated samples</source>
        <translation>重复采样</translation>
    </message>
    <message>
        <source>Its items were asked once.</source>
        <translation>其题目只询问了一次。</translation>
    </message>
    <message>
        <source>up to %1 samples of an item</source>
        <translation>每题最多 %1 个样本</translation>
    </message>
    <message>
        <source>%1; %2 items have fewer than %3</source>
        <translation>%1；%2 题少于 %3 个</translation>
    </message>
    <message>
        <source>prompts</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>The measurement of %1 %2.</source>
        <translation>%1 的测量%2。</translation>
    </message>
    <message>
        <source>The evaluation of %1 on %2 %3.</source>
        <translation>%1 在 %2 上的评测%3。</translation>
    </message>
    <message>
        <source>%1 is not compared: %2</source>
        <translation>未比较 %1：%2</translation>
    </message>
    <message>
        <source>same answer: %1</source>
        <translation>回答相同：%1</translation>
    </message>
    <message>
        <source>same wrong: %1</source>
        <translation>同错：%1</translation>
    </message>
    <message>
        <source>flips: %1</source>
        <translation>翻转：%1</translation>
    </message>
    <message>
        <source>Fidelity to %1 on %2; %3</source>
        <translation>在 %2 上对 %1 的保真度；%3</translation>
    </message>
    <message>
        <source>calls to the reference (share of items)</source>
        <translation>对基准的调用（占题目比例）</translation>
    </message>
    <message>
        <source>%1 Threshold %2 was chosen on %3 items; on the %4 others it gives %5 with %6 of a call an item.</source>
        <translation>%1 阈值 %2 在 %3 道题上选定；在其余 %4 道题上得到 %5，平均每题调用 %6 次。</translation>
    </message>
    <message>
        <source>by the length of the question</source>
        <translation>按问题长度</translation>
    </message>
    <message>
        <source>questions of %1 characters and more to %2: %3</source>
        <translation>不少于 %1 个字符的问题交给%2：%3</translation>
    </message>
    <message>
        <source>Power against each alternative</source>
        <translation>对各备择的检验功效</translation>
    </message>
    <message>
        <source>chance to reject the claim if the alternative were so, at an error rate of %1</source>
        <translation>错误率为 %1 时，若备择为真，拒绝声明的概率</translation>
    </message>
    <message>
        <source>power (%)</source>
        <translation>检验功效 (%)</translation>
    </message>
    <message>
        <source>alternative</source>
        <translation>备择</translation>
    </message>
    <message>
        <source>asked: %1</source>
        <translation>要求：%1</translation>
    </message>
    <message>
        <source>too little</source>
        <translation>不足</translation>
    </message>
    <message>
        <source>A test that lies left of the line says little when it does not reject: CONSISTENT asks for more.</source>
        <translation>位于线左侧的检验即使未拒绝，也说明不了什么：“与声明一致”要求更高。</translation>
    </message>
    <message>
        <source>Effects beside what would have been seen</source>
        <translation>效应与可检出的效应</translation>
    </message>
    <message>
        <source>1 is the smallest effect that each test sees with the power asked for</source>
        <translation>1 为各检验在所要求的功效下能检出的最小效应</translation>
    </message>
    <message>
        <source>effect / detectable effect</source>
        <translation>效应 / 可检出的效应</translation>
    </message>
    <message>
        <source>test</source>
        <translation>检验</translation>
    </message>
    <message>
        <source>detectable</source>
        <translation>可检出</translation>
    </message>
    <message>
        <source>effect %1, detectable from %2</source>
        <translation>效应 %1，自 %2 起可检出</translation>
    </message>
    <message>
        <source>Weight of the evidence</source>
        <translation>证据的分量</translation>
    </message>
    <message>
        <source>likelihood of the claim over each alternative, before it is capped</source>
        <translation>声明相对各备择的似然比（封顶之前）</translation>
    </message>
    <message>
        <source>powers of ten</source>
        <translation>10 的幂次</translation>
    </message>
    <message>
        <source>evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>says nothing</source>
        <translation>无信息</translation>
    </message>
    <message>
        <source>; counts as %1</source>
        <translation>；按 %1 计</translation>
    </message>
    <message>
        <source>To the right speaks for the claim. Evidence of tiers that depend on each other counts once; the prior odds are not in it.</source>
        <translation>向右支持声明。相互依赖的各层级证据只计一次；不含先验优势比。</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>What is claimed, and of which version</source>
        <translation>所声明的内容及其所属版本</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>声明值</translation>
    </message>
    <message>
        <source>The value as the sheet has it</source>
        <translation>声明表中的值</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>查得值</translation>
    </message>
    <message>
        <source>What was found of the subject, or of the models that the sheet names</source>
        <translation>从被测对象或声明表所列模型得到的结果</translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Where what was found comes from, the strongest first</source>
        <translation>查得值的来源，最强的在前</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>What became of this claim</source>
        <translation>该项声明的结果</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why, in a sentence</source>
        <translation>以一句话说明原因</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>发现了什么</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Harmless explanations</source>
        <translation>无害的解释</translation>
    </message>
    <message>
        <source>%1 (registered)</source>
        <translation>%1（已登记）</translation>
    </message>
    <message>
        <source>Nearest known models</source>
        <translation>最接近的已知模型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Agreement (%)</source>
        <translation>一致率 (%)</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>every tensor&apos;s name and shape</source>
        <translation>每个张量的名称和形状</translation>
    </message>
    <message>
        <source>Registered tests</source>
        <translation>已登记的检验</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>检验</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>p by Holm</source>
        <translation>Holm 校正 p 值</translation>
    </message>
    <message>
        <source>At the error rate</source>
        <translation>在该错误率下</translation>
    </message>
    <message>
        <source>planned, not made</source>
        <translation>已计划，未执行</translation>
    </message>
    <message>
        <source>incompatible with the claim</source>
        <translation>与声明不相容</translation>
    </message>
    <message>
        <source>not rejected</source>
        <translation>未拒绝</translation>
    </message>
    <message>
        <source>Odds of the claim over each alternative</source>
        <translation>声明相对各备择的优势比</translation>
    </message>
    <message>
        <source>Alternative</source>
        <translation>备择</translation>
    </message>
    <message>
        <source>Prior odds</source>
        <translation>先验优势比</translation>
    </message>
    <message>
        <source>Likelihood ratio</source>
        <translation>似然比</translation>
    </message>
    <message>
        <source>Posterior odds</source>
        <translation>后验优势比</translation>
    </message>
    <message>
        <source>How it was checked</source>
        <translation>检查方式</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>被测对象</translation>
    </message>
    <message>
        <source>Claim sheet</source>
        <translation>声明表</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Error rate of the report</source>
        <translation>报告错误率</translation>
    </message>
    <message>
        <source>Power asked for</source>
        <translation>要求的检验功效</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>备择</translation>
    </message>
    <message>
        <source>Left open</source>
        <translation>未决事项</translation>
    </message>
    <message>
        <source>none given: no posterior is printed</source>
        <translation>未给出：不输出后验</translation>
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
        <source>Spent</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>match of weights</source>
        <translation>权重匹配</translation>
    </message>
    <message>
        <source>contradiction</source>
        <translation>矛盾</translation>
    </message>
    <message>
        <source>likelihood ratio</source>
        <translation>似然比</translation>
    </message>
    <message>
        <source>as claimed</source>
        <translation>与声明相同</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>another model</source>
        <translation>另一个模型</translation>
    </message>
    <message>
        <source>as likely under the claim as under %1</source>
        <translation>在声明下与在 %1 下的可能性相同</translation>
    </message>
    <message>
        <source>%1 times likelier under the claim than under %2</source>
        <translation>在声明下的可能性是在 %2 下的 %1 倍</translation>
    </message>
    <message>
        <source>%1 times likelier under %2 than under the claim</source>
        <translation>在 %2 下的可能性是在声明下的 %1 倍</translation>
    </message>
    <message>
        <source>effect %1</source>
        <translation>效应 %1</translation>
    </message>
    <message>
        <source>detectable from %1</source>
        <translation>自 %1 起可检出</translation>
    </message>
    <message>
        <source>Every weight file has the published hash: no statistics, so no error rate.</source>
        <translation>每个权重文件的哈希均与公布值相同：不涉及统计，因此没有错误率。</translation>
    </message>
    <message>
        <source>Nothing was tested, so there is no error rate.</source>
        <translation>未做任何检验，因此没有错误率。</translation>
    </message>
    <message>
        <source>No statistical test was registered: contradictions here are arithmetic or counts, not probabilities. Error rate asked for: %1.</source>
        <translation>未登记统计检验：此处的矛盾来自算术或计数，而非概率。要求的错误率：%1。</translation>
    </message>
    <message>
        <source>Error rate: of reports on honest subjects at most %1 would say CONTRADICTED by a test; %2 registered {2:test|tests}, by Holm.</source>
        <translation>错误率：对如实声明的被测对象，因检验而报告“与声明不符”的比例至多为 %1；已登记 %2 项检验，按 Holm 校正。</translation>
    </message>
    <message>
        <source>no requests</source>
        <translation>无请求</translation>
    </message>
    <message>
        <source>%1 {1:request|requests}, %2 tokens in, %3 out</source>
        <translation>%1 个请求，输入 %2 个 Token，输出 %3 个</translation>
    </message>
    <message>
        <source>, cost %1</source>
        <translation>，费用 %1</translation>
    </message>
    <message>
        <source>Tokens of each probe</source>
        <translation>各探针的 Token 数</translation>
    </message>
    <message>
        <source>what the endpoint counted beside what known tokenizers count</source>
        <translation>端点的计数与已知分词器的计数</translation>
    </message>
    <message>
        <source>probe</source>
        <translation>探针</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>came back</source>
        <translation>返回值</translation>
    </message>
    <message>
        <source>The frame&apos;s own tokens are taken off. Counts tell tokenizers apart, not models that share one; a gateway may count by another tokenizer.</source>
        <translation>已扣除框架自身的 Token。计数可区分分词器，但不能区分共用分词器的模型；网关可能用另一种分词器计数。</translation>
    </message>
    <message>
        <source>The %1 nearest of %2 tokenizers are drawn.</source>
        <translation>绘出 %2 个分词器中最接近的 %1 个。</translation>
    </message>
    <message>
        <source>How far each tokenizer is from what came back</source>
        <translation>各分词器与返回值的差距</translation>
    </message>
    <message>
        <source>tokens expected less tokens counted; a row of zeros fits</source>
        <translation>预期 Token 数减去所计 Token 数；整行为零即相符</translation>
    </message>
    <message>
        <source>tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>%1: expected %2, counted %3</source>
        <translation>%1：预期 %2，计数 %3</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>不相符</translation>
    </message>
    <message>
        <source>Hatched: off by more than %1. Tokenizers of equal counts share a row.</source>
        <translation>斜线填充：相差超过 %1。计数相同的分词器共用一行。</translation>
    </message>
    <message>
        <source>Log-probabilities of the first token</source>
        <translation>首 Token 的对数概率</translation>
    </message>
    <message>
        <source>mean difference from before (nats)</source>
        <translation>与之前的平均差（nat）</translation>
    </message>
    <message>
        <source>Answers to border inputs</source>
        <translation>对边界输入的回答</translation>
    </message>
    <message>
        <source>mean total variation from the reference</source>
        <translation>与参考的平均总变差</translation>
    </message>
    <message>
        <source>Token counts</source>
        <translation>Token 计数</translation>
    </message>
    <message>
        <source>texts counted otherwise</source>
        <translation>计数不同的文本</translation>
    </message>
    <message>
        <source>Time to the first token</source>
        <translation>首 Token 延迟</translation>
    </message>
    <message>
        <source>median (s)</source>
        <translation>中位数（秒）</translation>
    </message>
    <message>
        <source>days since %1</source>
        <translation>自 %1 起的天数</translation>
    </message>
    <message>
        <source>band of the days before</source>
        <translation>此前各日的区间</translation>
    </message>
    <message>
        <source>change, found %1</source>
        <translation>变化，发现于 %1</translation>
    </message>
    <message>
        <source>Nothing was compared yet.</source>
        <translation>尚未进行任何比较。</translation>
    </message>
    <message>
        <source>%1 {1:check was|checks were} inconclusive and {1:has|have} no point.</source>
        <translation>%1 次检验证据不足，图中没有对应的点。</translation>
    </message>
    <message>
        <source>change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Agreed limits</source>
        <translation>约定的限值</translation>
    </message>
    <message>
        <source>share that met them</source>
        <translation>达标比例</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>agreed</source>
        <translation>约定</translation>
    </message>
    <message>
        <source>not met</source>
        <translation>未达标</translation>
    </message>
    <message>
        <source>Routing by that length does better than chance: APGR %1, where chance gives 0.5. Calls to the reference for half of the gap (CPT 50): %2. Bands and intervals are at 95 %.</source>
        <translation>按该长度路由优于随机：APGR 为 %1，随机为 0.5。弥补一半差距所需的参考模型调用（CPT 50）：%2。带和区间均为 95 %。</translation>
    </message>
    <message>
        <source>Routing by that length cannot be told from chance: APGR %1, where chance gives 0.5. Calls to the reference for half of the gap (CPT 50): %2. Bands and intervals are at 95 %.</source>
        <translation>按该长度路由与随机无法区分：APGR 为 %1，随机为 0.5。弥补一半差距所需的参考模型调用（CPT 50）：%2。带和区间均为 95 %。</translation>
    </message>
    <message>
        <source>Routing by that length does worse than chance: APGR %1, where chance gives 0.5. Calls to the reference for half of the gap (CPT 50): %2. Bands and intervals are at 95 %.</source>
        <translation>按该长度路由不如随机：APGR 为 %1，随机为 0.5。弥补一半差距所需的参考模型调用（CPT 50）：%2。带和区间均为 95 %。</translation>
    </message>
    <message>
        <source>Reason, provenance</source>
        <translation>理由与出处</translation>
    </message>
    <message>
        <source>Mixtures</source>
        <translation>混合服务</translation>
    </message>
    <message>
        <source>new baseline</source>
        <translation>新基线</translation>
    </message>
    <message>
        <source>nobody is named</source>
        <translation>未指名</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>not taken in %1 {1:try|tries}</source>
        <translation>尝试 %1 次均未被接收</translation>
    </message>
    <message>
        <source>CHANGED</source>
        <translation>已变化</translation>
    </message>
    <message>
        <source>as before</source>
        <translation>与从前相同</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>学习中</translation>
    </message>
    <message>
        <source>met again</source>
        <translation>重新达到</translation>
    </message>
    <message>
        <source>inconclusive</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>log-probabilities</source>
        <translation>对数概率</translation>
    </message>
    <message>
        <source>border inputs</source>
        <translation>边界输入</translation>
    </message>
    <message>
        <source>token counts</source>
        <translation>Token 计数</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>agreed limits</source>
        <translation>约定限值</translation>
    </message>
    <message>
        <source>%1 {1:day|days}</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 {1:hour|hours}</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 {1:minute|minutes}</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>There is no audit log yet: the first check begins it.</source>
        <translation>尚无审计日志：首次检查时开始。</translation>
    </message>
    <message>
        <source>The chain of %1 {1:entry|entries} is whole: each is as it was written and where it was written.</source>
        <translation>%1 条记录的链条完整：每条都与写入时一致，且位于原处。</translation>
    </message>
    <message>
        <source>Whether entries are missing at its end cannot be told, since the file .head beside it is not there.</source>
        <translation>末尾是否缺少记录无法判断，因为旁边的 .head 文件不在。</translation>
    </message>
    <message>
        <source>The clock had gone back before entry %1.</source>
        <translation>在第 %1 条之前，时钟曾被拨回。</translation>
    </message>
    <message>
        <source>Nothing was checked yet.</source>
        <translation>尚未检查过。</translation>
    </message>
    <message>
        <source>%1 {1:check|checks} since %2: </source>
        <translation>自 %2 起共 %1 次检查：</translation>
    </message>
    <message>
        <source>no change was found.</source>
        <translation>未发现变化。</translation>
    </message>
    <message>
        <source>%1 {1:change was|changes were} found.</source>
        <translation>发现 %1 处变化。</translation>
    </message>
    <message>
        <source>%1 {1:check was|checks were} inconclusive.</source>
        <translation>%1 次检查未定。</translation>
    </message>
    <message>
        <source>%1 agreed {1:limit is|limits are} not met.</source>
        <translation>%1 项约定限值未达到。</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查项</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>上次</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>What it said</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>约定值</translation>
    </message>
    <message>
        <source>Measured [95 %]</source>
        <translation>测得 [95 %]</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未测得</translation>
    </message>
    <message>
        <source>below, as chance alone may be</source>
        <translation>低于约定，但可能只是偶然</translation>
    </message>
    <message>
        <source>met</source>
        <translation>达到</translation>
    </message>
    <message>
        <source>Switches of versions</source>
        <translation>版本切换</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>执行人</translation>
    </message>
    <message>
        <source>From</source>
        <translation>原版本</translation>
    </message>
    <message>
        <source>To</source>
        <translation>新版本</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Way back</source>
        <translation>回退方式</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>哈希</translation>
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
    <name>ConfigField</name>
    <message>
        <source>Python class of the config that comes with the model</source>
        <translation>随模型提供的配置的 Python 类</translation>
    </message>
    <message>
        <source>Python class of the bare model that comes with it</source>
        <translation>随模型提供的裸模型的 Python 类</translation>
    </message>
    <message>
        <source>Python class of the language model that comes with it</source>
        <translation>随模型提供的语言模型的 Python 类</translation>
    </message>
    <message>
        <source>Whether the generation settings were derived from config.json rather than written by hand</source>
        <translation>生成设置是否由 config.json 推导而来，而非手写</translation>
    </message>
    <message>
        <source>Name or path that the model was loaded from when it was saved</source>
        <translation>保存模型时所加载的名称或路径</translation>
    </message>
    <message>
        <source>OPT: leaves out the last normalisation, for checkpoints made before it was introduced</source>
        <translation>OPT：省去最后的归一化，用于引入它之前的检查点</translation>
    </message>
    <message>
        <source>Activation function of the feed-forward part</source>
        <translation>前馈部分的激活函数</translation>
    </message>
    <message>
        <source>Share of activations dropped during training; without effect on inference</source>
        <translation>训练时丢弃的激活比例；不影响推理</translation>
    </message>
    <message>
        <source>How activations are scaled for fp8: dynamic scales are measured while running, static ones are stored</source>
        <translation>fp8 激活的缩放方式：动态缩放在运行时测得，静态缩放已存储</translation>
    </message>
    <message>
        <source>Whether attention scores get ALiBi&apos;s distance penalty in place of positions</source>
        <translation>注意力分数是否以 ALiBi 的距离惩罚代替位置编码</translation>
    </message>
    <message>
        <source>Whether the residual path starts after the normalisation instead of before it</source>
        <translation>残差路径是否从归一化之后而非之前开始</translation>
    </message>
    <message>
        <source>Class that the model was saved from; says how the tensors are put together</source>
        <translation>保存模型的类；说明张量如何组合</translation>
    </message>
    <message>
        <source>Whether attention sees only earlier tokens</source>
        <translation>注意力是否只看到更早的 Token</translation>
    </message>
    <message>
        <source>Queries, keys and values are cut to this absolute value</source>
        <translation>查询、键和值的绝对值被截断到此值</translation>
    </message>
    <message>
        <source>Attention heads of a layer</source>
        <translation>每层的注意力头数</translation>
    </message>
    <message>
        <source>Heads of keys and values, one number or one for each layer</source>
        <translation>键和值的头数，一个数或每层一个数</translation>
    </message>
    <message>
        <source>Size of one head&apos;s key</source>
        <translation>一个头的键的大小</translation>
    </message>
    <message>
        <source>Latent attention: size of one head&apos;s key after expansion</source>
        <translation>潜在注意力：展开后一个头的键的大小</translation>
    </message>
    <message>
        <source>Latent attention: width of the compressed keys and values</source>
        <translation>潜在注意力：压缩后的键和值的宽度</translation>
    </message>
    <message>
        <source>Small number added in LayerNorm to avoid dividing by zero</source>
        <translation>LayerNorm 中为避免除以零而加的小数</translation>
    </message>
    <message>
        <source>Small number added in RMSNorm to avoid dividing by zero</source>
        <translation>RMSNorm 中为避免除以零而加的小数</translation>
    </message>
    <message>
        <source>Largest distance penalty of ALiBi</source>
        <translation>ALiBi 的最大距离惩罚</translation>
    </message>
    <message>
        <source>Latent attention: width of the compressed queries</source>
        <translation>潜在注意力：压缩后的查询的宽度</translation>
    </message>
    <message>
        <source>Factor on the attention scores</source>
        <translation>注意力分数的系数</translation>
    </message>
    <message>
        <source>Tokens back that a layer with a sliding window sees</source>
        <translation>滑动窗口层向后能看到的 Token 数</translation>
    </message>
    <message>
        <source>Size of one head&apos;s value</source>
        <translation>一个头的值的大小</translation>
    </message>
    <message>
        <source>Latent attention: size of one head&apos;s value after expansion</source>
        <translation>潜在注意力：展开后一个头的值的大小</translation>
    </message>
    <message>
        <source>Whether the attention projections have bias vectors</source>
        <translation>注意力投影是否有偏置</translation>
    </message>
    <message>
        <source>Share of attention weights dropped during training; without effect on inference</source>
        <translation>训练时丢弃的注意力权重比例；不影响推理</translation>
    </message>
    <message>
        <source>Factor on rotated queries and keys when the context is stretched</source>
        <translation>上下文扩展时旋转后的查询和键的系数</translation>
    </message>
    <message>
        <source>Whether attention&apos;s softmax is computed in 32 bits</source>
        <translation>注意力的 softmax 是否以 32 位计算</translation>
    </message>
    <message>
        <source>Attention scores are squashed by tanh to stay below this value</source>
        <translation>注意力分数经 tanh 压缩到此值以内</translation>
    </message>
    <message>
        <source>Python classes that come with the model; loading with remote code trusted would run them</source>
        <translation>随模型提供的 Python 类；若信任远程代码，加载时会运行它们</translation>
    </message>
    <message>
        <source>Weight of the loss that balances experts during training</source>
        <translation>训练时平衡各专家的损失权重</translation>
    </message>
    <message>
        <source>YaRN: rotations above this many are left as they are</source>
        <translation>YaRN：旋转次数超过此值的保持不变</translation>
    </message>
    <message>
        <source>YaRN: rotations below this many are stretched by the whole factor</source>
        <translation>YaRN：旋转次数低于此值的按整个系数拉伸</translation>
    </message>
    <message>
        <source>Whether linear layers have bias vectors</source>
        <translation>线性层是否有偏置</translation>
    </message>
    <message>
        <source>Training detail of BLOOM: bias and dropout in one kernel</source>
        <translation>BLOOM 的训练细节：偏置与 dropout 合并计算</translation>
    </message>
    <message>
        <source>Bits of a quantised weight</source>
        <translation>一个量化权重的位数</translation>
    </message>
    <message>
        <source>Number of layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Elements that share one scale</source>
        <translation>共用一个缩放因子的元素数</translation>
    </message>
    <message>
        <source>Type that 4-bit weights are expanded to for computing</source>
        <translation>计算时 4 位权重展开成的类型</translation>
    </message>
    <message>
        <source>Kind of 4-bit numbers: nf4 (normal distribution) or fp4</source>
        <translation>4 位数的种类：nf4（正态分布）或 fp4</translation>
    </message>
    <message>
        <source>Whether the scales are quantised once more</source>
        <translation>缩放因子是否再次量化</translation>
    </message>
    <message>
        <source>Id of the token that starts an image</source>
        <translation>图像开始 Token 的 id</translation>
    </message>
    <message>
        <source>Id of the token that begins a text</source>
        <translation>文本开始 Token 的 id</translation>
    </message>
    <message>
        <source>Kind of KV cache that generation uses</source>
        <translation>生成时使用的 KV 缓存种类</translation>
    </message>
    <message>
        <source>Share of activations dropped before the classifier during training</source>
        <translation>训练时分类器之前丢弃的激活比例</translation>
    </message>
    <message>
        <source>Which layers are quantised in which way</source>
        <translation>哪些层以何种方式量化</translation>
    </message>
    <message>
        <source>Longest context that the model is declared for</source>
        <translation>模型声明的最大上下文</translation>
    </message>
    <message>
        <source>Every how many layers one has experts</source>
        <translation>每隔多少层有一层带专家</translation>
    </message>
    <message>
        <source>GPTQ: whether columns were quantised in the order of their activations</source>
        <translation>GPTQ：是否按激活大小的顺序量化各列</translation>
    </message>
    <message>
        <source>Width of the residual stream: size of each token&apos;s vector</source>
        <translation>残差流的宽度：每个 Token 向量的大小</translation>
    </message>
    <message>
        <source>Whether normalisation stands before attention and feed-forward (true) or after them</source>
        <translation>归一化在注意力和前馈之前（true）还是之后</translation>
    </message>
    <message>
        <source>Whether generation draws tokens at random rather than taking the likeliest</source>
        <translation>生成时是否随机抽取 Token，而不是取最可能的</translation>
    </message>
    <message>
        <source>Type in which the weights are stored or to be loaded</source>
        <translation>权重存储或加载所用的类型</translation>
    </message>
    <message>
        <source>Share of embeddings dropped during training; without effect on inference</source>
        <translation>训练时丢弃的嵌入比例；不影响推理</translation>
    </message>
    <message>
        <source>Id of the token that ends an image</source>
        <translation>图像结束 Token 的 id</translation>
    </message>
    <message>
        <source>Id of the token, or tokens, at which generation stops</source>
        <translation>生成在其处停止的一个或多个 Token 的 id</translation>
    </message>
    <message>
        <source>Devices that the experts were spread over; without effect on the weights</source>
        <translation>专家曾分布的设备数；不影响权重</translation>
    </message>
    <message>
        <source>Experts of a layer, of which each token uses a few</source>
        <translation>每层的专家数，每个 Token 只用其中几个</translation>
    </message>
    <message>
        <source>Type of the experts&apos; weights where it differs from the others&apos;</source>
        <translation>专家权重的类型（与其他权重不同时）</translation>
    </message>
    <message>
        <source>Width of one expert&apos;s feed-forward part</source>
        <translation>一个专家前馈部分的宽度</translation>
    </message>
    <message>
        <source>How the router turns scores into weights</source>
        <translation>路由器如何把分数变成权重</translation>
    </message>
    <message>
        <source>Groups that the experts are divided into</source>
        <translation>专家分成的组数</translation>
    </message>
    <message>
        <source>Groups of experts that each token chooses among</source>
        <translation>每个 Token 可从中选择的专家组数</translation>
    </message>
    <message>
        <source>Experts that every token uses</source>
        <translation>每个 Token 都使用的专家数</translation>
    </message>
    <message>
        <source>Width of the expert that every token uses</source>
        <translation>每个 Token 都使用的专家的宽度</translation>
    </message>
    <message>
        <source>Experts that each token is sent to</source>
        <translation>每个 Token 被送往的专家数</translation>
    </message>
    <message>
        <source>Whether the weights of the chosen experts are brought to a sum of 1</source>
        <translation>被选专家的权重是否归一化为总和 1</translation>
    </message>
    <message>
        <source>Factor on the sum of the routed experts&apos; outputs</source>
        <translation>路由专家输出之和的系数</translation>
    </message>
    <message>
        <source>How many times the context is stretched beyond the one trained on</source>
        <translation>上下文相对训练长度扩展的倍数</translation>
    </message>
    <message>
        <source>Width of the feed-forward part, one number or one for each layer</source>
        <translation>前馈部分的宽度，一个数或每层一个数</translation>
    </message>
    <message>
        <source>Width of the feed-forward part</source>
        <translation>前馈部分的宽度</translation>
    </message>
    <message>
        <source>The logits are squashed by tanh to stay below this value</source>
        <translation>logits 经 tanh 压缩到此值以内</translation>
    </message>
    <message>
        <source>So many first layers have a plain feed-forward part in place of experts</source>
        <translation>开头这么多层使用普通前馈而非专家</translation>
    </message>
    <message>
        <source>Kind of 8-bit floating point numbers: e4m3 or e5m2</source>
        <translation>8 位浮点数的种类：e4m3 或 e5m2</translation>
    </message>
    <message>
        <source>Tensors start at multiples of this many bytes</source>
        <translation>张量从此字节数的倍数处开始</translation>
    </message>
    <message>
        <source>Architecture of the model; the prefix of its own keys</source>
        <translation>模型的架构；也是其专有键的前缀</translation>
    </message>
    <message>
        <source>Who made the model</source>
        <translation>模型的制作者</translation>
    </message>
    <message>
        <source>Number of models that this one was made from</source>
        <translation>制作该模型所用的模型数</translation>
    </message>
    <message>
        <source>Name of the model without size and version</source>
        <translation>模型名称，不含大小和版本</translation>
    </message>
    <message>
        <source>What the model is for, in the author&apos;s words</source>
        <translation>作者所述的模型用途</translation>
    </message>
    <message>
        <source>The type that most tensors were quantised to when the file was made</source>
        <translation>制作文件时多数张量量化成的类型</translation>
    </message>
    <message>
        <source>What the base model was fine-tuned for</source>
        <translation>基础模型微调的目的</translation>
    </message>
    <message>
        <source>Languages that the model was trained on</source>
        <translation>训练模型所用的语言</translation>
    </message>
    <message>
        <source>Licence of the model</source>
        <translation>模型的许可证</translation>
    </message>
    <message>
        <source>Where the licence stands</source>
        <translation>许可证所在之处</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>Organisation that made the model</source>
        <translation>制作模型的机构</translation>
    </message>
    <message>
        <source>Version of the block formats</source>
        <translation>块格式的版本</translation>
    </message>
    <message>
        <source>Who quantised the model</source>
        <translation>量化该模型的人</translation>
    </message>
    <message>
        <source>Repository of the model</source>
        <translation>模型的仓库</translation>
    </message>
    <message>
        <source>Size class in words; not a count of parameters</source>
        <translation>文字形式的大小级别；不是参数量</translation>
    </message>
    <message>
        <source>Where the model was converted from</source>
        <translation>模型的转换来源</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>What the file holds: a model, an adapter, an importance matrix</source>
        <translation>文件的内容：模型、适配器或重要性矩阵</translation>
    </message>
    <message>
        <source>Home page of the model</source>
        <translation>模型的主页</translation>
    </message>
    <message>
        <source>Version of the model</source>
        <translation>模型的版本</translation>
    </message>
    <message>
        <source>Every how many layers attention sees the whole context</source>
        <translation>每隔多少层有一层注意力看到整个上下文</translation>
    </message>
    <message>
        <source>Training option that saves memory; without effect on inference</source>
        <translation>节省内存的训练选项；不影响推理</translation>
    </message>
    <message>
        <source>Consecutive weights that share one scale</source>
        <translation>共用一个缩放因子的连续权重数</translation>
    </message>
    <message>
        <source>Size of one attention head; where it is absent, hidden size divided by heads</source>
        <translation>一个注意力头的大小；缺省时为隐藏维度除以头数</translation>
    </message>
    <message>
        <source>Llama 3: rotations faster than this are left as they are</source>
        <translation>Llama 3：比这更快的旋转保持不变</translation>
    </message>
    <message>
        <source>Names of a classifier&apos;s classes</source>
        <translation>分类器各类别的名称</translation>
    </message>
    <message>
        <source>Layers that are not quantised</source>
        <translation>不量化的层</translation>
    </message>
    <message>
        <source>Height and width of input images in pixels</source>
        <translation>输入图像的高和宽（像素）</translation>
    </message>
    <message>
        <source>Id of the token that stands for a piece of an image</source>
        <translation>代表一块图像的 Token 的 id</translation>
    </message>
    <message>
        <source>Sparse attention: size of the heads that choose which tokens are attended to</source>
        <translation>稀疏注意力：用于选择关注哪些 Token 的头的大小</translation>
    </message>
    <message>
        <source>Sparse attention: number of heads that choose which tokens are attended to</source>
        <translation>稀疏注意力：用于选择关注哪些 Token 的头数</translation>
    </message>
    <message>
        <source>Sparse attention: tokens that each token attends to</source>
        <translation>稀疏注意力：每个 Token 关注的 Token 数</translation>
    </message>
    <message>
        <source>Spread of the random weights before training</source>
        <translation>训练前随机权重的离散程度</translation>
    </message>
    <message>
        <source>Context that the model was trained with before it was stretched</source>
        <translation>扩展之前训练所用的上下文</translation>
    </message>
    <message>
        <source>Width of the feed-forward part of a dense layer</source>
        <translation>稠密层前馈部分的宽度</translation>
    </message>
    <message>
        <source>Whether an encoder reads the input and a decoder writes the output</source>
        <translation>是否由编码器读输入、解码器写输出</translation>
    </message>
    <message>
        <source>Size of one attention head</source>
        <translation>一个注意力头的大小</translation>
    </message>
    <message>
        <source>Latent attention: width of the compressed keys and values, which is what the KV cache keeps</source>
        <translation>潜在注意力：压缩后的键和值的宽度，即 KV 缓存所存内容</translation>
    </message>
    <message>
        <source>Numbers of a classifier&apos;s classes</source>
        <translation>分类器各类别的编号</translation>
    </message>
    <message>
        <source>Small number added in the normalisation to avoid dividing by zero</source>
        <translation>归一化中为避免除以零而加的小数</translation>
    </message>
    <message>
        <source>Kind of attention of each layer</source>
        <translation>每层的注意力种类</translation>
    </message>
    <message>
        <source>Share of layers skipped during training; without effect on inference</source>
        <translation>训练时跳过的层的比例；不影响推理</translation>
    </message>
    <message>
        <source>Factor on the logits</source>
        <translation>logits 的系数</translation>
    </message>
    <message>
        <source>The logits are divided by this</source>
        <translation>logits 除以此数</translation>
    </message>
    <message>
        <source>Stretching of each rotation for long texts</source>
        <translation>长文本时每个旋转的拉伸</translation>
    </message>
    <message>
        <source>Llama 3: rotations slower than this are stretched by the whole factor</source>
        <translation>Llama 3：比这更慢的旋转按整个系数拉伸</translation>
    </message>
    <message>
        <source>Training detail of BLOOM: mask and softmax in one kernel</source>
        <translation>BLOOM 的训练细节：掩码与 softmax 合并计算</translation>
    </message>
    <message>
        <source>Most tokens of prompt and answer together</source>
        <translation>提示与回答合计的最大 Token 数</translation>
    </message>
    <message>
        <source>Most tokens that one answer may have</source>
        <translation>一个回答的最大 Token 数</translation>
    </message>
    <message>
        <source>So many first layers see the whole context; the others use the sliding window, if that is on</source>
        <translation>开头这么多层看到整个上下文；其余层在滑动窗口开启时使用滑动窗口</translation>
    </message>
    <message>
        <source>Tokens less likely than this share of the likeliest are left out</source>
        <translation>概率低于最可能 Token 此比例的 Token 被排除</translation>
    </message>
    <message>
        <source>Whether the feed-forward part has bias vectors</source>
        <translation>前馈部分是否有偏置</translation>
    </message>
    <message>
        <source>Layers that have no experts</source>
        <translation>没有专家的层</translation>
    </message>
    <message>
        <source>Kind of feed-forward part</source>
        <translation>前馈部分的种类</translation>
    </message>
    <message>
        <source>Tokens that one image takes</source>
        <translation>一张图像占用的 Token 数</translation>
    </message>
    <message>
        <source>Family of the architecture, as the transformers library names it</source>
        <translation>架构所属的家族（transformers 库的叫法）</translation>
    </message>
    <message>
        <source>YaRN: strength of the correction of attention scores</source>
        <translation>YaRN：注意力分数校正的强度</translation>
    </message>
    <message>
        <source>YaRN: strength of the correction, for all parts of a head</source>
        <translation>YaRN：对头的所有部分的校正强度</translation>
    </message>
    <message>
        <source>Whether all heads share one key and one value</source>
        <translation>是否所有头共用一组键和值</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>最大上下文</translation>
    </message>
    <message>
        <source>Groups that the experts are divided into; a token chooses groups first</source>
        <translation>专家分成的组数；Token 先选组</translation>
    </message>
    <message>
        <source>Width of the feed-forward part; where it is absent, four times the hidden size</source>
        <translation>前馈部分的宽度；缺省时为隐藏维度的四倍</translation>
    </message>
    <message>
        <source>Longest context: number of learned positions</source>
        <translation>最大上下文：可学习位置的数目</translation>
    </message>
    <message>
        <source>Falcon: the layout of the 40B and 180B models, with grouped heads</source>
        <translation>Falcon：40B 和 180B 模型的布局，头分组</translation>
    </message>
    <message>
        <source>Extra layers that predict further tokens ahead</source>
        <translation>预测更后面 Token 的附加层</translation>
    </message>
    <message>
        <source>Sequences of so many tokens are not generated twice</source>
        <translation>这么多 Token 的序列不会生成两次</translation>
    </message>
    <message>
        <source>Kind of normalisation</source>
        <translation>归一化的种类</translation>
    </message>
    <message>
        <source>Number of layers, those for multi-token prediction not counted</source>
        <translation>层数，不含多 Token 预测层</translation>
    </message>
    <message>
        <source>Heads of keys and values; fewer than the attention heads make the KV cache smaller</source>
        <translation>键和值的头数；少于注意力头数时 KV 缓存更小</translation>
    </message>
    <message>
        <source>Extra layers that predict further tokens ahead, used for training and speculative decoding</source>
        <translation>预测更后面 Token 的附加层，用于训练和推测解码</translation>
    </message>
    <message>
        <source>Answers generated for each prompt</source>
        <translation>每个提示生成的回答数</translation>
    </message>
    <message>
        <source>Training detail of BLOOM&apos;s ALiBi positions</source>
        <translation>BLOOM 的 ALiBi 位置的训练细节</translation>
    </message>
    <message>
        <source>Whether the model also returns the router&apos;s scores</source>
        <translation>模型是否也返回路由器的分数</translation>
    </message>
    <message>
        <source>Id of the token that fills up shorter texts of a batch</source>
        <translation>填充批中较短文本的 Token 的 id</translation>
    </message>
    <message>
        <source>Whether attention and feed-forward read the same input and their outputs are added together</source>
        <translation>注意力与前馈是否读取同一输入并把输出相加</translation>
    </message>
    <message>
        <source>Share of each head that rotary positions turn</source>
        <translation>每个头中由旋转位置编码旋转的比例</translation>
    </message>
    <message>
        <source>Side of the squares in pixels that an image is cut into</source>
        <translation>图像切块的边长（像素）</translation>
    </message>
    <message>
        <source>How an embedding model makes one vector of a text</source>
        <translation>嵌入模型如何把文本变成一个向量</translation>
    </message>
    <message>
        <source>How positions enter: absolute learned ones, or relative ones</source>
        <translation>位置如何引入：可学习的绝对位置或相对位置</translation>
    </message>
    <message>
        <source>Text that is put in front of every input</source>
        <translation>放在每个输入之前的文本</translation>
    </message>
    <message>
        <source>Devices that a matrix was split over in training; without effect on the weights</source>
        <translation>训练时矩阵切分到的设备数；不影响权重</translation>
    </message>
    <message>
        <source>Share of activations dropped in question answering during training</source>
        <translation>训练时问答部分丢弃的激活比例</translation>
    </message>
    <message>
        <source>Whether queries and keys are normalised</source>
        <translation>查询和键是否归一化</translation>
    </message>
    <message>
        <source>Latent attention: part of each query and key without positions</source>
        <translation>潜在注意力：每个查询和键中不带位置的部分</translation>
    </message>
    <message>
        <source>Latent attention: part of each query and key that carries the position</source>
        <translation>潜在注意力：每个查询和键中带位置的部分</translation>
    </message>
    <message>
        <source>Method by which the weights were quantised</source>
        <translation>权重的量化方法</translation>
    </message>
    <message>
        <source>How the weights were quantised</source>
        <translation>权重如何量化</translation>
    </message>
    <message>
        <source>Attention scores are divided by the square root of this, in place of the head size</source>
        <translation>注意力分数除以此数（而非头大小）的平方根</translation>
    </message>
    <message>
        <source>Factor against tokens that have been generated already; 1 changes nothing</source>
        <translation>对已生成 Token 的惩罚系数；1 表示不变</translation>
    </message>
    <message>
        <source>Share of the residual stream dropped during training; without effect on inference</source>
        <translation>训练时丢弃的残差流比例；不影响推理</translation>
    </message>
    <message>
        <source>Dimensions of each head that rotary positions turn</source>
        <translation>每个头中由旋转位置编码旋转的维数</translation>
    </message>
    <message>
        <source>Base of the rotary frequencies</source>
        <translation>旋转频率的底数</translation>
    </message>
    <message>
        <source>How rotary positions are stretched</source>
        <translation>旋转位置如何拉伸</translation>
    </message>
    <message>
        <source>Base of the rotary frequencies in layers with a sliding window</source>
        <translation>滑动窗口层的旋转频率底数</translation>
    </message>
    <message>
        <source>Settings of the rotary positions</source>
        <translation>旋转位置的设置</translation>
    </message>
    <message>
        <source>How rotary positions are stretched to a longer context than was trained</source>
        <translation>旋转位置如何拉伸到比训练更长的上下文</translation>
    </message>
    <message>
        <source>Base of the rotary frequencies; a larger one suits longer contexts</source>
        <translation>旋转频率的底数；越大越适合长上下文</translation>
    </message>
    <message>
        <source>Whether embeddings are multiplied by the square root of the hidden size</source>
        <translation>嵌入是否乘以隐藏维度的平方根</translation>
    </message>
    <message>
        <source>Kind of numbers the scales are: ue8m0 are powers of two</source>
        <translation>缩放因子的数字种类：ue8m0 是 2 的幂</translation>
    </message>
    <message>
        <source>How the router turns scores into weights: softmax, or sigmoid for each expert</source>
        <translation>路由器如何把分数变成权重：softmax，或对每个专家用 sigmoid</translation>
    </message>
    <message>
        <source>Training option: balance the experts within each text</source>
        <translation>训练选项：在每段文本内平衡各专家</translation>
    </message>
    <message>
        <source>Stretching of each rotation for short texts</source>
        <translation>短文本时每个旋转的拉伸</translation>
    </message>
    <message>
        <source>Whether positions are fixed sine waves instead of learned</source>
        <translation>位置是否为固定的正弦波而非学习所得</translation>
    </message>
    <message>
        <source>Training detail: biases are added later</source>
        <translation>训练细节：偏置稍后再加</translation>
    </message>
    <message>
        <source>Training detail: biases of queries, keys and values are added later</source>
        <translation>训练细节：查询、键和值的偏置稍后再加</translation>
    </message>
    <message>
        <source>Every how many layers one sees the whole context</source>
        <translation>每隔多少层有一层看到整个上下文</translation>
    </message>
    <message>
        <source>Number of files that the model is split into</source>
        <translation>模型拆分成的文件数</translation>
    </message>
    <message>
        <source>Number of this file among the parts, from 0</source>
        <translation>该文件在各部分中的序号，从 0 开始</translation>
    </message>
    <message>
        <source>Tensors of all parts together</source>
        <translation>各部分的张量总数</translation>
    </message>
    <message>
        <source>State-space layers: width of the convolution</source>
        <translation>状态空间层：卷积宽度</translation>
    </message>
    <message>
        <source>State-space layers: inner width</source>
        <translation>状态空间层：内部宽度</translation>
    </message>
    <message>
        <source>State-space layers: size of the state</source>
        <translation>状态空间层：状态大小</translation>
    </message>
    <message>
        <source>State-space layers: rank of the time step</source>
        <translation>状态空间层：时间步的秩</translation>
    </message>
    <message>
        <source>Activation of GPT-2&apos;s pooling for classification; not used by language models</source>
        <translation>GPT-2 分类池化的激活函数；语言模型不使用</translation>
    </message>
    <message>
        <source>Dropout of GPT-2&apos;s pooling for classification</source>
        <translation>GPT-2 分类池化的 dropout</translation>
    </message>
    <message>
        <source>Whether GPT-2&apos;s pooling projects to classes</source>
        <translation>GPT-2 的池化是否投影到类别</translation>
    </message>
    <message>
        <source>Which token GPT-2&apos;s pooling takes</source>
        <translation>GPT-2 的池化取哪个 Token</translation>
    </message>
    <message>
        <source>Whether GPT-2&apos;s pooling has a projection</source>
        <translation>GPT-2 的池化是否有投影</translation>
    </message>
    <message>
        <source>Values within the gated activation are cut to this</source>
        <translation>门控激活内的值截断到此数</translation>
    </message>
    <message>
        <source>Whether quantised values lie evenly around zero, without zero points</source>
        <translation>量化值是否关于零对称，没有零点</translation>
    </message>
    <message>
        <source>Generation settings for single tasks</source>
        <translation>各单项任务的生成设置</translation>
    </message>
    <message>
        <source>Divides the logits before drawing: below 1 makes answers more alike</source>
        <translation>抽取前用它除 logits：小于 1 会使回答更趋一致</translation>
    </message>
    <message>
        <source>Settings for the task of writing on</source>
        <translation>续写任务的设置</translation>
    </message>
    <message>
        <source>Settings of the language part of a multimodal model</source>
        <translation>多模态模型语言部分的设置</translation>
    </message>
    <message>
        <source>Whether input embedding and output share their weights</source>
        <translation>输入嵌入与输出是否共用权重</translation>
    </message>
    <message>
        <source>Whether the output head is the same matrix as the input embedding</source>
        <translation>输出头是否与输入嵌入是同一矩阵</translation>
    </message>
    <message>
        <source>Template that turns a dialogue into the model&apos;s text</source>
        <translation>把对话变成模型文本的模板</translation>
    </message>
    <message>
        <source>Whether the tokenizer puts the beginning token in front</source>
        <translation>分词器是否在前面加开始 Token</translation>
    </message>
    <message>
        <source>Whether the tokenizer puts the ending token behind</source>
        <translation>分词器是否在后面加结束 Token</translation>
    </message>
    <message>
        <source>Whether the tokenizer puts a space in front</source>
        <translation>分词器是否在前面加空格</translation>
    </message>
    <message>
        <source>Id of the token at which generation stops</source>
        <translation>生成在其处停止的 Token 的 id</translation>
    </message>
    <message>
        <source>Id of the token that ends a turn of a dialogue</source>
        <translation>结束一轮对话的 Token 的 id</translation>
    </message>
    <message>
        <source>Pairs that the tokenizer merges, in their order</source>
        <translation>分词器按顺序合并的对</translation>
    </message>
    <message>
        <source>Kind of tokenizer</source>
        <translation>分词器的种类</translation>
    </message>
    <message>
        <source>How text is cut into words before the tokenizer&apos;s merges</source>
        <translation>分词器合并之前如何把文本切成词</translation>
    </message>
    <message>
        <source>Rank of each token for merging</source>
        <translation>每个 Token 的合并次序</translation>
    </message>
    <message>
        <source>Id of the token between two texts</source>
        <translation>两段文本之间的 Token 的 id</translation>
    </message>
    <message>
        <source>Type of each token: normal, unknown, control, user-defined, unused, byte</source>
        <translation>每个 Token 的类型：普通、未知、控制、用户定义、未使用、字节</translation>
    </message>
    <message>
        <source>The vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Id of the token for what the vocabulary lacks</source>
        <translation>词表所缺内容的 Token 的 id</translation>
    </message>
    <message>
        <source>Only so many likeliest tokens may be drawn</source>
        <translation>只可抽取最可能的这么多个 Token</translation>
    </message>
    <message>
        <source>Only the likeliest tokens that together have this probability may be drawn</source>
        <translation>只可抽取合计达到此概率的最可能的 Token</translation>
    </message>
    <message>
        <source>How groups and experts are chosen for a token</source>
        <translation>如何为 Token 选择组和专家</translation>
    </message>
    <message>
        <source>Version of the transformers library that wrote the file</source>
        <translation>写出该文件的 transformers 库的版本</translation>
    </message>
    <message>
        <source>Whether YaRN&apos;s limits are rounded to whole dimensions</source>
        <translation>YaRN 的界限是否取整到整数维</translation>
    </message>
    <message>
        <source>Kinds of text parts (first, second sentence) that BERT tells apart</source>
        <translation>BERT 区分的文本部分（第一句、第二句）的种类数</translation>
    </message>
    <message>
        <source>Whether keys and values of earlier tokens are kept while generating</source>
        <translation>生成时是否保留先前 Token 的键和值</translation>
    </message>
    <message>
        <source>Whether positions have several axes (time, height, width)</source>
        <translation>位置是否有多个轴（时间、高、宽）</translation>
    </message>
    <message>
        <source>Whether the projections of queries, keys and values have bias vectors</source>
        <translation>查询、键和值的投影是否有偏置</translation>
    </message>
    <message>
        <source>Whether the sliding window is on</source>
        <translation>是否开启滑动窗口</translation>
    </message>
    <message>
        <source>Latent attention: size of each head&apos;s value</source>
        <translation>潜在注意力：每个头的值的大小</translation>
    </message>
    <message>
        <source>Version of the format or the kernels</source>
        <translation>格式或内核的版本</translation>
    </message>
    <message>
        <source>Settings of the image part of a multimodal model</source>
        <translation>多模态模型图像部分的设置</translation>
    </message>
    <message>
        <source>Whether the image part ends in a pooling head</source>
        <translation>图像部分是否以池化头结束</translation>
    </message>
    <message>
        <source>Rows of the embedding: how many token ids there are</source>
        <translation>嵌入的行数：有多少个 Token id</translation>
    </message>
    <message>
        <source>Rows and columns that share one scale of fp8 weights</source>
        <translation>共用一个 fp8 权重缩放因子的行数和列数</translation>
    </message>
    <message>
        <source>OPT: width of the embedding where it differs from the hidden size</source>
        <translation>OPT：与隐藏维度不同时的嵌入宽度</translation>
    </message>
    <message>
        <source>Whether quantised values have zero points</source>
        <translation>量化值是否有零点</translation>
    </message>
</context>
<context>
    <name>ContentState</name>
    <message>
        <source>unchecked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>nothing to compare with</source>
        <translation>无可比对</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
</context>
<context>
    <name>Difference</name>
    <message>
        <source>Quantisation</source>
        <translation>量化</translation>
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
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Other fields</source>
        <translation>其他字段</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Dtypes</source>
        <translation>Dtype</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>only in</source>
        <translation>仅见于</translation>
    </message>
    <message>
        <source>unknown architecture</source>
        <translation>未知架构</translation>
    </message>
    <message>
        <source>%1 mixture of experts</source>
        <translation>%1 混合专家</translation>
    </message>
    <message>
        <source>%1 dense</source>
        <translation>%1 稠密</translation>
    </message>
    <message>
        <source> with %1</source>
        <translation>，%1</translation>
    </message>
    <message>
        <source>, %1 {1:layer|layers}</source>
        <translation>，%1 层</translation>
    </message>
    <message>
        <source> (%1 active)</source>
        <translation>（激活 %1）</translation>
    </message>
    <message>
        <source>vocabularies %1 and %2</source>
        <translation>词表 %1 与 %2</translation>
    </message>
    <message>
        <source>context %1 and %2</source>
        <translation>上下文 %1 与 %2</translation>
    </message>
    <message>
        <source>weights %1 and %2</source>
        <translation>权重 %1 与 %2</translation>
    </message>
    <message>
        <source>cache %1 and %2 a token</source>
        <translation>每 Token 缓存 %1 与 %2</translation>
    </message>
    <message>
        <source>one config field differs: %2</source>
        <translation>有一个配置字段不同：%2</translation>
    </message>
    <message>
        <source>%1 config fields differ: %2</source>
        <translation>有 %1 个配置字段不同：%2</translation>
    </message>
    <message>
        <source>another vocabulary</source>
        <translation>词表不同</translation>
    </message>
    <message>
        <source>other added tokens</source>
        <translation>添加的 Token 不同</translation>
    </message>
    <message>
        <source>only one has a chat template</source>
        <translation>只有一方有对话模板</translation>
    </message>
    <message>
        <source>another chat template</source>
        <translation>对话模板不同</translation>
    </message>
    <message>
        <source>Same structure: %1</source>
        <translation>结构相同：%1</translation>
    </message>
    <message>
        <source>nothing differs beside the weights&apos; values, which were not compared</source>
        <translation>除未作比较的权重数值外没有不同</translation>
    </message>
    <message>
        <source>the weights&apos; values were not compared</source>
        <translation>未比较权重数值</translation>
    </message>
    <message>
        <source>Same family, other sizes: %1 against %2</source>
        <translation>同一家族，大小不同：%1，对比 %2</translation>
    </message>
    <message>
        <source>Not the same model: %1 against %2</source>
        <translation>不是同一模型：%1，对比 %2</translation>
    </message>
    <message>
        <source>All %1 have the same structure: %2.</source>
        <translation>全部 %1 个结构相同：%2。</translation>
    </message>
    <message>
        <source>%1 of %2 have the structure of the first. %3.</source>
        <translation>%2 个中有 %1 个与第一个结构相同。%3。</translation>
    </message>
    <message>
        <source>layers %1, behind the main ones</source>
        <translation>第 %1 层，位于主层之后</translation>
    </message>
    <message>
        <source>layers %1 of %2</source>
        <translation>第 %1 层，共 %2 层</translation>
    </message>
    <message>
        <source>bias alone</source>
        <translation>仅偏置</translation>
    </message>
    <message>
        <source> with bias</source>
        <translation>，含偏置</translation>
    </message>
    <message>
        <source>%1 {1:expert|experts} in one tensor</source>
        <translation>%1 个专家合为一个张量</translation>
    </message>
    <message>
        <source>%1 {1:expert|experts}, a tensor each</source>
        <translation>%1 个专家，各一个张量</translation>
    </message>
    <message>
        <source>%1 {1:tensor|tensors}, %2 {2:parameter|parameters}, %3 {3:byte|bytes}; %4</source>
        <translation>%1 个张量，%2 参数，%3 字节；%4</translation>
    </message>
    <message>
        <source>Totals</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>bytes of weights</source>
        <translation>权重字节数</translation>
    </message>
    <message>
        <source>Layers made of</source>
        <translation>层的组成</translation>
    </message>
    <message>
        <source>%1 {1:layer|layers}</source>
        <translation>%1 层</translation>
    </message>
    <message>
        <source>Bytes by dtype</source>
        <translation>按 dtype 的字节数</translation>
    </message>
    <message>
        <source>%1 {1:byte|bytes}, %2 {2:element|elements}, %3 {3:tensor|tensors}</source>
        <translation>%1 字节，%2 个元素，%3 个张量</translation>
    </message>
    <message>
        <source>pieces shared with the first</source>
        <translation>与第一个共有的词元</translation>
    </message>
    <message>
        <source>%1, %2 with the same number</source>
        <translation>%1，其中 %2 个编号相同</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>added tokens</source>
        <translation>添加的 Token</translation>
    </message>
    <message>
        <source>%1, %2 of them special</source>
        <translation>%1，其中 %2 个为特殊 Token</translation>
    </message>
    <message>
        <source>the first of them</source>
        <translation>其中前几个</translation>
    </message>
    <message>
        <source>None of the weights could be compared.</source>
        <translation>没有可以比较的权重。</translation>
    </message>
    <message>
        <source>%1 of %2 {2:weight|weights} {1:is|are} equal in every element.</source>
        <translation>%2 个权重中有 %1 个逐元素相等。</translation>
    </message>
    <message>
        <source> The largest relative difference is %1, of %2.</source>
        <translation>最大的相对差异是 %1，见于 %2。</translation>
    </message>
    <message>
        <source> %1 could not be compared.</source>
        <translation>有 %1 个无法比较。</translation>
    </message>
    <message>
        <source> %1 have no counterpart.</source>
        <translation>有 %1 个没有对应。</translation>
    </message>
    <message>
        <source>only in %1</source>
        <translation>仅见于 %1</translation>
    </message>
    <message>
        <source>other shapes: %1 and %2</source>
        <translation>形状不同：%1 与 %2</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>, %1</source>
        <translation>，%1</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>the difference of %1 is smaller than noise [%2, %3]</source>
        <translation>%1 的差异小于噪声 [%2, %3]</translation>
    </message>
    <message>
        <source>too few samples to tell a difference of %1 from noise</source>
        <translation>样本太少，无法把 %1 的差异与噪声区分开</translation>
    </message>
    <message>
        <source>better: shorter by %1 [%2, %3]</source>
        <translation>更好：短 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>worse: lower by %1 [%2, %3]</source>
        <translation>更差：低 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>shorter by %1 [%2, %3]</source>
        <translation>短 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>better: lower by %1 [%2, %3]</source>
        <translation>更好：低 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>worse: slower by %1 [%2, %3]</source>
        <translation>更差：慢 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>slower by %1 [%2, %3]</source>
        <translation>慢 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>lower by %1 [%2, %3]</source>
        <translation>低 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>better: higher by %1 [%2, %3]</source>
        <translation>更好：高 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>worse: longer by %1 [%2, %3]</source>
        <translation>更差：长 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>longer by %1 [%2, %3]</source>
        <translation>长 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>better: faster by %1 [%2, %3]</source>
        <translation>更好：快 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>worse: higher by %1 [%2, %3]</source>
        <translation>更差：高 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>faster by %1 [%2, %3]</source>
        <translation>快 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>higher by %1 [%2, %3]</source>
        <translation>高 %1 [%2, %3]</translation>
    </message>
    <message>
        <source>no difference can be told</source>
        <translation>无法给出差异</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
</context>
<context>
    <name>Dtype</name>
    <message>
        <source>%1 % pruned</source>
        <translation>剪枝 %1 %</translation>
    </message>
    <message>
        <source>%1 pruned</source>
        <translation>%1 剪枝</translation>
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
        <source>%1 has %2 {2:byte|bytes}; at most %3 are read</source>
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
        <source>The file has %1 {1:byte|bytes}; a safetensors file has at least 8</source>
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
        <source>The header declares %1 {1:byte|bytes}, but the file has only %2</source>
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
        <source>The tensor %1 needs %2 {2:byte|bytes} by its shape and dtype, but its offsets span %3</source>
        <translation>按形状和 dtype，张量 %1 需要 %2 字节，但其偏移跨度为 %3 字节</translation>
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
        <source>%1 {1:token is|tokens are} asked for, but the context holds %2</source>
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
        <source>Line %2 of the suite %1 is wrong: %3</source>
        <translation>评测集 %1 的第 %2 行有误：%3</translation>
    </message>
    <message>
        <source>Correct the line.</source>
        <translation>请改正该行。</translation>
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
    <message>
        <source>%1 holds no weights in a known format</source>
        <translation>%1 中没有已知格式的权重</translation>
    </message>
    <message>
        <source>Known are: %2.</source>
        <translation>已知的格式：%2。</translation>
    </message>
    <message>
        <source>%1 is in no format that is known here</source>
        <translation>%1 的格式未知</translation>
    </message>
    <message>
        <source>The GGUF header is damaged: %1</source>
        <translation>GGUF 文件头已损坏：%1</translation>
    </message>
    <message>
        <source>The GGUF header declares %1 %2, but the file has only %3 bytes</source>
        <translation>GGUF 文件头声明了 %1 %2，但文件只有 %3 字节</translation>
    </message>
    <message>
        <source>The PyTorch file holds no tensors that can be read: %1</source>
        <translation>该 PyTorch 文件中没有可读取的张量：%1</translation>
    </message>
    <message>
        <source>The archive is damaged: %1</source>
        <translation>归档文件已损坏：%1</translation>
    </message>
    <message>
        <source>The ONNX file is damaged: %1</source>
        <translation>ONNX 文件已损坏：%1</translation>
    </message>
    <message>
        <source>The manifest %1 cannot be used: %2</source>
        <translation>清单 %1 无法使用：%2</translation>
    </message>
    <message>
        <source>Pull the model again.</source>
        <translation>请重新拉取该模型。</translation>
    </message>
    <message>
        <source>The values of %1 cannot be read: %2</source>
        <translation>无法读取 %1 的数值：%2</translation>
    </message>
    <message>
        <source>Its facts are shown all the same.</source>
        <translation>其属性仍会显示。</translation>
    </message>
    <message>
        <source>%1 and %2 have no tensors of the same name and shape</source>
        <translation>%1 与 %2 没有名称和形状都相同的张量</translation>
    </message>
    <message>
        <source>Compare their facts and layers instead.</source>
        <translation>请改为比较它们的属性和层级。</translation>
    </message>
    <message>
        <source>%1 is not an address that can be opened: %2</source>
        <translation>%1 不是可以打开的地址：%2</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2</source>
        <translation>无法访问 %1：%2</translation>
    </message>
    <message>
        <source>Check the address and the network.</source>
        <translation>请检查地址和网络。</translation>
    </message>
    <message>
        <source>%1 answered with %2</source>
        <translation>%1 返回了 %2</translation>
    </message>
    <message>
        <source>The server sends %1 only as a whole, so that its header cannot be read alone</source>
        <translation>服务器只能整体发送 %1，因此无法单独读取其文件头</translation>
    </message>
    <message>
        <source>Download the model, or serve it with support for range requests.</source>
        <translation>请下载该模型，或使用支持范围请求的服务器。</translation>
    </message>
    <message>
        <source>The server sent other bytes of %1 than were asked for: %2</source>
        <translation>服务器发送的 %1 的字节与请求的不符：%2</translation>
    </message>
    <message>
        <source>Try again; a proxy in between may be at fault.</source>
        <translation>请重试；可能是中间的代理有问题。</translation>
    </message>
    <message>
        <source>%1 leads on and on: more than %2 redirects</source>
        <translation>%1 不断跳转：重定向超过 %2 次</translation>
    </message>
    <message>
        <source>Check the address.</source>
        <translation>请检查地址。</translation>
    </message>
    <message>
        <source>There is no model at %1: neither config.json nor weights</source>
        <translation>%1 处没有模型：既无 config.json 也无权重</translation>
    </message>
    <message>
        <source>Give the address of a folder that holds config.json, or of a weight file.</source>
        <translation>请给出含有 config.json 的文件夹或权重文件的地址。</translation>
    </message>
    <message>
        <source>%1 does not exist or is not open to you: the server answered with %2, and %3</source>
        <translation>%1 不存在或未对你开放：服务器返回了 %2，且%3</translation>
    </message>
    <message>
        <source>Set the environment variable HF_TOKEN to a token of an account that may see the model.</source>
        <translation>请把环境变量 HF_TOKEN 设为有权查看该模型的账户的令牌。</translation>
    </message>
    <message>
        <source>The server is too busy for %1: it answered with %2, tries: %3</source>
        <translation>服务器过于繁忙，无法提供 %1：返回了 %2，已尝试次数：%3</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>%1 holds no tokenizer</source>
        <translation>%1 中没有分词器</translation>
    </message>
    <message>
        <source>Running %1 needs %2, but only %3 are free on %4</source>
        <translation>运行 %1 需要 %2，但 %4 上只有 %3 可用</translation>
    </message>
    <message>
        <source>%1 is %2, which cannot %3</source>
        <translation>%1 是%2，无法%3</translation>
    </message>
    <message>
        <source>Models of its kind run with %4.</source>
        <translation>这类模型用 %4 运行。</translation>
    </message>
    <message>
        <source>The input %1 cannot be used: %2</source>
        <translation>输入 %1 不能使用：%2</translation>
    </message>
    <message>
        <source>An input is a type and sizes, as in f32[1,3,224,224], i64[1,128]&lt;30522 or bool[1,128].</source>
        <translation>输入由类型和尺寸组成，例如 f32[1,3,224,224]、i64[1,128]&lt;30522 或 bool[1,128]。</translation>
    </message>
    <message>
        <source>The declared inputs do not fit the module: %1</source>
        <translation>声明的输入与模块不符：%1</translation>
    </message>
    <message>
        <source>Its forward takes %2; declare each of these, as in f32[1,3,224,224] or i64[1,128]&lt;30522.</source>
        <translation>其 forward 接受 %2；请逐一声明，例如 f32[1,3,224,224] 或 i64[1,128]&lt;30522。</translation>
    </message>
    <message>
        <source>%1 cannot be loaded as a TorchScript module: %2</source>
        <translation>%1 无法作为 TorchScript 模块加载：%2</translation>
    </message>
    <message>
        <source>A TorchScript module is written by torch.jit.save; write the file anew, or download it again.</source>
        <translation>TorchScript 模块由 torch.jit.save 写出；请重新写出该文件，或重新下载。</translation>
    </message>
    <message>
        <source>The module %1 needs the operator %2, which the worker&apos;s libtorch %3 does not have</source>
        <translation>模块 %1 需要算子 %2，而工作进程的 libtorch %3 没有该算子</translation>
    </message>
    <message>
        <source>It belongs to an extension or to another version of PyTorch; export the module without it.</source>
        <translation>它属于某个扩展或另一版本的 PyTorch；请导出不含它的模块。</translation>
    </message>
    <message>
        <source>The module failed while it ran: %1</source>
        <translation>模块运行时失败：%1</translation>
    </message>
    <message>
        <source>Check the declared inputs; its forward takes %2.</source>
        <translation>请检查声明的输入；其 forward 接受 %2。</translation>
    </message>
    <message>
        <source>%1 holds no chat template</source>
        <translation>%1 中没有对话模板</translation>
    </message>
    <message>
        <source>Give the whole prompt instead of messages.</source>
        <translation>请直接给出完整提示，而不是消息。</translation>
    </message>
    <message>
        <source>The chat template cannot be read: %1</source>
        <translation>无法读取对话模板：%1</translation>
    </message>
    <message>
        <source>The chat template cannot write this dialogue: %1</source>
        <translation>对话模板无法写出这段对话：%1</translation>
    </message>
    <message>
        <source>The chat template was stopped: %1</source>
        <translation>对话模板已被中止：%1</translation>
    </message>
    <message>
        <source>It repeats or calls itself without end, or was made to harm.</source>
        <translation>它无休止地循环或调用自身，或是恶意制作的。</translation>
    </message>
    <message>
        <source>%2 cannot start the worker %1: %3</source>
        <translation>%2 无法启动工作进程 %1：%3</translation>
    </message>
    <message>
        <source>Install assay-worker there, or say where it is: assay machines add.</source>
        <translation>请在那里安装 assay-worker，或指明其位置：assay machines add。</translation>
    </message>
    <message>
        <source>Check its name and the network, and that the same command works in a terminal.</source>
        <translation>请检查其名称和网络，并确认同一命令在终端中可用。</translation>
    </message>
    <message>
        <source>%1 lets nobody in: %2</source>
        <translation>%1 拒绝登录：%2</translation>
    </message>
    <message>
        <source>Log in there once by hand: passwords are never asked for, and no unknown key is accepted.</source>
        <translation>请先在那里手动登录一次：程序从不询问密码，也不接受未知密钥。</translation>
    </message>
    <message>
        <source>The connection to %1 was lost: %2</source>
        <translation>与 %1 的连接已断开：%2</translation>
    </message>
    <message>
        <source>There is neither a model nor an API at %1: %2</source>
        <translation>%1 处既没有模型也没有 API：%2</translation>
    </message>
    <message>
        <source>Give the base address of the API, for example http://host:8000/v1.</source>
        <translation>请给出 API 的基础地址，例如 http://host:8000/v1。</translation>
    </message>
    <message>
        <source>%1 wants another key: the server answered with %2, and %3</source>
        <translation>%1 需要另一个密钥：服务器以 %2 应答，且%3</translation>
    </message>
    <message>
        <source>Put the key into the environment variable ASSAY_KEY, or name another one with --key-env.</source>
        <translation>请将密钥放入环境变量 ASSAY_KEY，或用 --key-env 指定其他变量。</translation>
    </message>
    <message>
        <source>%1 gave no usable answer: %2</source>
        <translation>%1 没有给出可用的应答：%2</translation>
    </message>
    <message>
        <source>Check the address, the dialect and the name of the model.</source>
        <translation>请检查地址、方言和模型名称。</translation>
    </message>
    <message>
        <source>There is no key in the environment variable %1</source>
        <translation>环境变量 %1 中没有密钥</translation>
    </message>
    <message>
        <source>Set it, or leave the option out if the endpoint needs no key.</source>
        <translation>请设置它；端点不需要密钥时，请去掉该选项。</translation>
    </message>
    <message>
        <source>The system&apos;s key store cannot be used: %1</source>
        <translation>系统的密钥库无法使用：%1</translation>
    </message>
    <message>
        <source>Unlock it, or put the key into the environment variable ASSAY_KEY.</source>
        <translation>请将其解锁，或将密钥放入环境变量 ASSAY_KEY。</translation>
    </message>
    <message>
        <source>The plan %1 cannot be used: %2</source>
        <translation>计划 %1 无法使用：%2</translation>
    </message>
    <message>
        <source>Correct it, or write a new one with --save-plan.</source>
        <translation>请改正它，或用 --save-plan 重新写出一个。</translation>
    </message>
    <message>
        <source>There is no run %1 that could go on</source>
        <translation>没有可以继续的运行记录 %1</translation>
    </message>
    <message>
        <source>Only a run that was interrupted can be resumed.</source>
        <translation>只有中断的运行记录才能继续。</translation>
    </message>
    <message>
        <source>There is no machine %1</source>
        <translation>没有机器 %1</translation>
    </message>
    <message>
        <source>Known are: %2. Add one with assay machines add.</source>
        <translation>已知的有：%2。可用 assay machines add 添加。</translation>
    </message>
    <message>
        <source>Give the http or https address of an API, of a folder that holds config.json, or of a weight file.</source>
        <translation>请给出 API、含有 config.json 的文件夹或权重文件的 http 或 https 地址。</translation>
    </message>
    <message>
        <source>Give a file or folder (docs/SUITES.md says in which forms), or one of: %2.</source>
        <translation>请给出文件或文件夹（格式见 docs/SUITES.md），或以下之一：%2。</translation>
    </message>
    <message>
        <source>%1 cannot be read as a suite: %2</source>
        <translation>%1 无法作为评测集读取：%2</translation>
    </message>
    <message>
        <source>docs/SUITES.md lists the forms that are read and how a description tells of any other.</source>
        <translation>docs/SUITES.md 列出可读取的格式，以及如何用描述说明其他格式。</translation>
    </message>
    <message>
        <source>The suite %1 holds no item that can be asked: %2</source>
        <translation>评测集 %1 中没有可提问的题目：%2</translation>
    </message>
    <message>
        <source>%1 holds no answers that can be imported: %2</source>
        <translation>%1 中没有可导入的回答：%2</translation>
    </message>
    <message>
        <source>docs/IMPORT.md says which files of which tools are read.</source>
        <translation>docs/IMPORT.md 说明可读取哪些工具的哪些文件。</translation>
    </message>
    <message>
        <source>The distributions of %1 and %2 cannot be compared: %3</source>
        <translation>无法比较 %1 与 %2 的分布：%3</translation>
    </message>
    <message>
        <source>Compare what both make of texts that the reference wrote, and their answers.</source>
        <translation>可比较两者对基准所写文本的预测，以及它们的回答。</translation>
    </message>
    <message>
        <source>%1 cannot be read as a base file: %2</source>
        <translation>无法将 %1 作为基准文件读取：%2</translation>
    </message>
    <message>
        <source>Write it anew: with --save-base, or by llama-perplexity --save-all-logits.</source>
        <translation>请重新写出：用 --save-base，或用 llama-perplexity --save-all-logits。</translation>
    </message>
    <message>
        <source>The base file %1 does not fit: %2</source>
        <translation>基准文件 %1 不匹配：%2</translation>
    </message>
    <message>
        <source>Write one of the same text, cut and vocabulary.</source>
        <translation>请用相同的文本、切分和词表写出。</translation>
    </message>
    <message>
        <source>%1 cannot be read as a claim sheet: %2</source>
        <translation>无法将 %1 作为声明表读取：%2</translation>
    </message>
    <message>
        <source>docs/IDENTITY.md describes the form; assay verify --claims lists the sheets that are known by name.</source>
        <translation>格式见 docs/IDENTITY.md；assay verify --claims 列出可按名称使用的声明表。</translation>
    </message>
    <message>
        <source>%1 cannot be read as a profile of a model: %2</source>
        <translation>无法将 %1 作为模型档案读取：%2</translation>
    </message>
    <message>
        <source>Record it again from the model.</source>
        <translation>请从该模型重新记录。</translation>
    </message>
    <message>
        <source>%1 cannot be read as a list of checksums: %2</source>
        <translation>无法将 %1 作为校验和清单读取：%2</translation>
    </message>
    <message>
        <source>A line is a SHA-256 and a file&apos;s name, as sha256sum writes them.</source>
        <translation>每行为一个 SHA-256 和文件名，与 sha256sum 的输出相同。</translation>
    </message>
    <message>
        <source>The reference bundle %1 cannot be used: %2</source>
        <translation>参考包 %1 无法使用：%2</translation>
    </message>
    <message>
        <source>Fetch it again from whoever recorded it, or record one from weights that you trust.</source>
        <translation>请向记录者重新获取，或用你信任的权重重新记录。</translation>
    </message>
    <message>
        <source>The reference bundle %1 does not fit: %2</source>
        <translation>参考包 %1 不匹配：%2</translation>
    </message>
    <message>
        <source>Record one from the model that is claimed, with the template and the settings that the endpoint uses.</source>
        <translation>请用所声明的模型、按端点使用的模板和设置重新记录。</translation>
    </message>
    <message>
        <source>%1 cannot be read as a watch: %2</source>
        <translation>无法将 %1 作为监视文件读取：%2</translation>
    </message>
    <message>
        <source>docs/IDENTITY.md describes the form.</source>
        <translation>格式见 docs/IDENTITY.md。</translation>
    </message>
    <message>
        <source>The audit log %1 was altered: entry %2 %3</source>
        <translation>审计日志 %1 被改动：第 %2 条%3</translation>
    </message>
    <message>
        <source>Entries before it are intact; take the later ones from a copy that was kept elsewhere.</source>
        <translation>此前的条目完好；之后的条目请取自保存在别处的副本。</translation>
    </message>
</context>
<context>
    <name>Estimate</name>
    <message>
        <source>every answer is as long as it may be</source>
        <translation>每个回答都达到允许的最大长度</translation>
    </message>
    <message>
        <source>answers are as long as those of the pilot</source>
        <translation>回答与试测中的一样长</translation>
    </message>
    <message>
        <source>the server counts the prompts as they were asked for</source>
        <translation>服务器对提示的计数与所要求的一致</translation>
    </message>
    <message>
        <source>nothing is cached</source>
        <translation>没有缓存命中</translation>
    </message>
    <message>
        <source>the server is as fast under load as in the pilot</source>
        <translation>服务器在负载下与试测时一样快</translation>
    </message>
    <message>
        <source>the time is known after the pilot</source>
        <translation>所需时间在试测之后才知道</translation>
    </message>
    <message>
        <source>%1 {1:request|requests}</source>
        <translation>%1 个请求</translation>
    </message>
    <message>
        <source>%1 prompt tokens</source>
        <translation>提示 %1 Token</translation>
    </message>
    <message>
        <source>at most %1 output tokens</source>
        <translation>输出至多 %1 Token</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>%1 output tokens</source>
        <translation>%1 输出 Token</translation>
    </message>
    <message>
        <source>after %1 of %2 answers; the others: %3</source>
        <translation>已完成 %1/%2 个回答；其余：%3</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>same bytes of the same file; counted once</source>
        <translation>同一文件的同一段字节；只计一次</translation>
    </message>
    <message>
        <source>%1 {1:element|elements}, %2 of scales, %3 of buffers</source>
        <translation>%1 个元素，其中缩放因子 %2，缓冲区 %3</translation>
    </message>
    <message>
        <source>8 x bytes of the tensors / parameters</source>
        <translation>8 × 张量字节数 / 参数量</translation>
    </message>
    <message>
        <source>with %1 tokens of context, keys and values of every head</source>
        <translation>上下文 %1 Token，缓存每个头的键和值</translation>
    </message>
    <message>
        <source>with %1 tokens of context</source>
        <translation>上下文 %1 Token</translation>
    </message>
    <message>
        <source>%1 tokens at once; the head for the last one, half of the attention&apos;s square</source>
        <translation>一次 %1 Token；输出头只算最后一个，注意力只算一半</translation>
    </message>
    <message>
        <source>2 bytes an element; as %1 keep it</source>
        <translation>每元素 2 字节；%1 的做法</translation>
    </message>
    <message>
        <source>without the experts that are not chosen; embedding and head in</source>
        <translation>不含未被选中的专家；含嵌入和输出头</translation>
    </message>
    <message>
        <source>without the experts that are not chosen; head in, embedding out</source>
        <translation>不含未被选中的专家；含输出头，不含嵌入</translation>
    </message>
    <message>
        <source>without the experts that are not chosen; embedding and head out</source>
        <translation>不含未被选中的专家；不含嵌入和输出头</translation>
    </message>
    <message>
        <source>2 x active matrix weights</source>
        <translation>2 × 激活的矩阵权重</translation>
    </message>
    <message>
        <source>the architecture, there is no bias: %1</source>
        <translation>由架构得知，没有偏置：%1</translation>
    </message>
    <message>
        <source>the architecture, nothing is stored: %1</source>
        <translation>由架构得知，没有存储：%1</translation>
    </message>
    <message>
        <source>running_mean beside the weight: %1</source>
        <translation>权重旁有 running_mean：%1</translation>
    </message>
    <message>
        <source>a norm between convolutions, weight and bias: %1</source>
        <translation>卷积之间的归一化，有权重和偏置：%1</translation>
    </message>
    <message>
        <source>a bias beside the weight: %1</source>
        <translation>权重旁有偏置：%1</translation>
    </message>
    <message>
        <source>a weight without a bias: %1</source>
        <translation>只有权重，没有偏置：%1</translation>
    </message>
    <message>
        <source>name and a kernel as large as a patch: %1</source>
        <translation>名称，以及与图块同大的卷积核：%1</translation>
    </message>
    <message>
        <source>shape [channels, 1, kernel]: %1</source>
        <translation>形状为 [channels, 1, kernel]：%1</translation>
    </message>
    <message>
        <source>shape [out, in, 1]: %1</source>
        <translation>形状为 [out, in, 1]：%1</translation>
    </message>
    <message>
        <source>shape [out, in, kernel]: %1</source>
        <translation>形状为 [out, in, kernel]：%1</translation>
    </message>
    <message>
        <source>the module&apos;s name: %1</source>
        <translation>模块名称：%1</translation>
    </message>
    <message>
        <source>name of a matrix: %1</source>
        <translation>矩阵名称：%1</translation>
    </message>
    <message>
        <source>a table of positions: %1</source>
        <translation>位置表：%1</translation>
    </message>
    <message>
        <source>stored frequencies: %1</source>
        <translation>存储的频率：%1</translation>
    </message>
    <message>
        <source>a bias for each distance: %1</source>
        <translation>每个距离一个偏置：%1</translation>
    </message>
    <message>
        <source>a projection of queries: %1</source>
        <translation>查询投影：%1</translation>
    </message>
    <message>
        <source>keys and values through one narrow matrix: %1</source>
        <translation>键和值经过一个窄矩阵：%1</translation>
    </message>
    <message>
        <source>one number a head: %1</source>
        <translation>每个头一个数：%1</translation>
    </message>
    <message>
        <source>the last matrix of each: %1</source>
        <translation>各自的最后一个矩阵：%1</translation>
    </message>
    <message>
        <source>a matrix that chooses experts: %1</source>
        <translation>选择专家的矩阵：%1</translation>
    </message>
    <message>
        <source>a decay for each channel of the state: %1</source>
        <translation>状态每个通道的衰减：%1</translation>
    </message>
    <message>
        <source>a narrow matrix beside another model&apos;s: %1</source>
        <translation>附于另一模型的窄矩阵：%1</translation>
    </message>
    <message>
        <source>a convolution over sound: %1</source>
        <translation>对声音的卷积：%1</translation>
    </message>
    <message>
        <source>a matrix that joins the last state and the next token: %1</source>
        <translation>结合上一状态与下一 Token 的矩阵：%1</translation>
    </message>
    <message>
        <source>%1 blocks x %2 tokens</source>
        <translation>%1 块 x %2 Token</translation>
    </message>
    <message>
        <source>%1 slots x %2 tokens</source>
        <translation>%1 槽位 x %2 Token</translation>
    </message>
    <message>
        <source>weights as told, and cache of one sequence of %1 tokens, workspace and overhead as planned for %2</source>
        <translation>权重按所述，%1 Token 单个序列的缓存、工作区和开销按 %2 预估</translation>
    </message>
    <message>
        <source>the size of the weights as told; its architecture is not, so what its cache needs is not known</source>
        <translation>权重大小按所述；架构未说明，故其缓存需求未知</translation>
    </message>
    <message>
        <source>the server tells neither the size of the weights nor the architecture</source>
        <translation>服务器既未说明权重大小，也未说明架构</translation>
    </message>
    <message>
        <source>its tokens in the architecture&apos;s cache, 16 bits a number</source>
        <translation>其 Token 在该架构缓存中的大小，每个数 16 位</translation>
    </message>
</context>
<context>
    <name>Execution</name>
    <message>
        <source>The item has no tests.</source>
        <translation>该题没有测试。</translation>
    </message>
    <message>
        <source>There is no answer.</source>
        <translation>没有回答。</translation>
    </message>
    <message>
        <source>There is no code in the answer.</source>
        <translation>回答中没有代码。</translation>
    </message>
    <message>
        <source>The code is longer than any program that is tested.</source>
        <translation>代码超过可测试程序的最大长度。</translation>
    </message>
    <message>
        <source>It was stopped before it ended.</source>
        <translation>在结束前被中止。</translation>
    </message>
    <message>
        <source>It ended before its tests did.</source>
        <translation>在测试完成前就结束了。</translation>
    </message>
    <message>
        <source>Generated code runs only in a sandbox, and bubblewrap is not installed.</source>
        <translation>生成的代码只在沙箱中运行，而 bubblewrap 未安装。</translation>
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
    <message>
        <source>Origin</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Modules</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Layers by what they keep</source>
        <translation>各层缓存的种类</translation>
    </message>
    <message>
        <source>Experts of a layer</source>
        <translation>每层的专家</translation>
    </message>
    <message>
        <source>Further-token layers</source>
        <translation>多 Token 预测层</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Active, without the embedding</source>
        <translation>激活，不含嵌入</translation>
    </message>
    <message>
        <source>Active, without embedding and head</source>
        <translation>激活，不含嵌入和输出头</translation>
    </message>
    <message>
        <source>Bits per weight</source>
        <translation>每权重位数</translation>
    </message>
    <message>
        <source>Packed as</source>
        <translation>打包方式</translation>
    </message>
    <message>
        <source>KV cache per token, expanded</source>
        <translation>每 Token KV 缓存（展开）</translation>
    </message>
    <message>
        <source>Work per token after 4,096 tokens</source>
        <translation>4,096 Token 之后的每 Token 计算量</translation>
    </message>
    <message>
        <source>Work per token after 4,096 tokens, expanded</source>
        <translation>4,096 Token 之后的每 Token 计算量（展开）</translation>
    </message>
    <message>
        <source>Work of reading 4,096 tokens</source>
        <translation>读取 4,096 Token 的计算量</translation>
    </message>
    <message>
        <source>Tensors that share another&apos;s bytes</source>
        <translation>与其他张量共用字节的张量</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Name in the config</source>
        <translation>配置中的名称</translation>
    </message>
    <message>
        <source>full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>RMSNorm</source>
        <translation>RMSNorm</translation>
    </message>
    <message>
        <source>LayerNorm</source>
        <translation>LayerNorm</translation>
    </message>
    <message>
        <source>BatchNorm</source>
        <translation>BatchNorm</translation>
    </message>
    <message>
        <source>GroupNorm</source>
        <translation>GroupNorm</translation>
    </message>
    <message>
        <source>Token embedding</source>
        <translation>Token 嵌入</translation>
    </message>
    <message>
        <source>Learned positions</source>
        <translation>可学习的位置</translation>
    </message>
    <message>
        <source>Rotary positions</source>
        <translation>旋转位置</translation>
    </message>
    <message>
        <source>Relative positions</source>
        <translation>相对位置</translation>
    </message>
    <message>
        <source>Patch embedding</source>
        <translation>图块嵌入</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Depthwise convolution</source>
        <translation>深度卷积</translation>
    </message>
    <message>
        <source>Pointwise convolution</source>
        <translation>逐点卷积</translation>
    </message>
    <message>
        <source>Self-attention</source>
        <translation>自注意力</translation>
    </message>
    <message>
        <source>Latent attention</source>
        <translation>潜在注意力</translation>
    </message>
    <message>
        <source>Cross-attention</source>
        <translation>交叉注意力</translation>
    </message>
    <message>
        <source>Attention sinks</source>
        <translation>注意力汇</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Shared experts</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>State space (Mamba)</source>
        <translation>状态空间（Mamba）</translation>
    </message>
    <message>
        <source>Linear attention</source>
        <translation>线性注意力</translation>
    </message>
    <message>
        <source>Adapter (LoRA)</source>
        <translation>适配器（LoRA）</translation>
    </message>
    <message>
        <source>Vision tower</source>
        <translation>视觉塔</translation>
    </message>
    <message>
        <source>Audio tower</source>
        <translation>音频塔</translation>
    </message>
    <message>
        <source>Projector between modalities</source>
        <translation>模态间投影器</translation>
    </message>
    <message>
        <source>U-Net block</source>
        <translation>U-Net 块</translation>
    </message>
    <message>
        <source>Autoencoder block</source>
        <translation>自编码器块</translation>
    </message>
    <message>
        <source>Text encoder</source>
        <translation>文本编码器</translation>
    </message>
    <message>
        <source>Further-token prediction</source>
        <translation>多 Token 预测</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Where its weights come from</source>
        <translation>权重的来源</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>修订版</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>家族</translation>
    </message>
    <message>
        <source>Size by name</source>
        <translation>名称中的规模</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Size of the weights</source>
        <translation>权重大小</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>注意力头数</translation>
    </message>
    <message>
        <source>Key and value heads</source>
        <translation>键和值的头数</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>Abilities</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Context of the model</source>
        <translation>模型的上下文</translation>
    </message>
    <message>
        <source>Context as served</source>
        <translation>服务的上下文</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>同时处理的请求数</translation>
    </message>
    <message>
        <source>Requests allowed</source>
        <translation>允许的请求数</translation>
    </message>
    <message>
        <source>Requests left</source>
        <translation>剩余请求数</translation>
    </message>
    <message>
        <source>Tokens allowed</source>
        <translation>允许的 Token 数</translation>
    </message>
    <message>
        <source>Tokens left</source>
        <translation>剩余 Token 数</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Server&apos;s name for itself</source>
        <translation>服务器自报名称</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>组织</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Tensor parallelism</source>
        <translation>张量并行</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Share of each device reserved by the server&apos;s settings, not needed by the model</source>
        <translation>服务器设置所预留的每个设备的份额，并非模型所需</translation>
    </message>
    <message>
        <source>Tokens that the server&apos;s cache has room for</source>
        <translation>服务器缓存可容纳的 Token 数</translation>
    </message>
    <message>
        <source>Blocks of the server&apos;s cache</source>
        <translation>服务器缓存的块数</translation>
    </message>
    <message>
        <source>Tokens in a block</source>
        <translation>每块的 Token 数</translation>
    </message>
    <message>
        <source>Dtype of the server&apos;s cache</source>
        <translation>服务器缓存的数据类型</translation>
    </message>
    <message>
        <source>Share of the server&apos;s cache in use when asked</source>
        <translation>询问时服务器缓存的使用比例</translation>
    </message>
    <message>
        <source>Loaded, with the cache of the served context</source>
        <translation>已加载，含所服务上下文的缓存</translation>
    </message>
    <message>
        <source>Of that in the memory of the device</source>
        <translation>其中位于设备内存中</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Needed by the model (predicted)</source>
        <translation>模型所需（预测）</translation>
    </message>
    <message>
        <source>Needed by the model: its weights alone</source>
        <translation>模型所需：仅权重</translation>
    </message>
    <message>
        <source>Cache reserved by the server&apos;s settings, not needed by the model: tokens</source>
        <translation>服务器设置预留的缓存，并非模型所需：Token</translation>
    </message>
    <message>
        <source>Cache reserved by the server&apos;s settings, not needed by the model: bytes</source>
        <translation>服务器设置预留的缓存，并非模型所需：字节</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>Answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>The answer came to its end.</source>
        <translation>回答已正常结束。</translation>
    </message>
    <message>
        <source>Host not known</source>
        <translation>主机未知</translation>
    </message>
    <message>
        <source>The name of the host could not be resolved.</source>
        <translation>无法解析主机名称。</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>The host is there, but nothing listens at this port.</source>
        <translation>主机存在，但该端口没有程序监听。</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>无法到达</translation>
    </message>
    <message>
        <source>There is no way to the host, or the network is down.</source>
        <translation>没有通往主机的路由，或网络已断开。</translation>
    </message>
    <message>
        <source>TLS failed</source>
        <translation>TLS 失败</translation>
    </message>
    <message>
        <source>The certificate was not accepted, or the handshake failed.</source>
        <translation>证书未被接受，或握手失败。</translation>
    </message>
    <message>
        <source>No connection in time</source>
        <translation>连接超时</translation>
    </message>
    <message>
        <source>The host did not take the connection within the limit.</source>
        <translation>主机在时限内没有接受连接。</translation>
    </message>
    <message>
        <source>No status in time</source>
        <translation>状态行超时</translation>
    </message>
    <message>
        <source>The request was sent, but no status line came within the limit.</source>
        <translation>请求已发送，但时限内没有收到状态行。</translation>
    </message>
    <message>
        <source>No text in time</source>
        <translation>首个文本超时</translation>
    </message>
    <message>
        <source>The answer began, but no generated text came within the limit.</source>
        <translation>应答已开始，但时限内没有生成的文本。</translation>
    </message>
    <message>
        <source>Stream stood still</source>
        <translation>流停滞</translation>
    </message>
    <message>
        <source>Text came, and then nothing more within the limit.</source>
        <translation>已有文本，但之后在时限内再无内容。</translation>
    </message>
    <message>
        <source>Not done in time</source>
        <translation>总时间超时</translation>
    </message>
    <message>
        <source>The whole request took longer than the limit.</source>
        <translation>整个请求用时超过时限。</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>连接断开</translation>
    </message>
    <message>
        <source>The connection was reset or lost before the answer&apos;s end.</source>
        <translation>回答结束之前，连接被重置或断开。</translation>
    </message>
    <message>
        <source>Not allowed (401, 403)</source>
        <translation>不允许（401、403）</translation>
    </message>
    <message>
        <source>The server wants a key, or this key may not do that.</source>
        <translation>服务器要求密钥，或该密钥无权这样做。</translation>
    </message>
    <message>
        <source>Not found (404, 405)</source>
        <translation>未找到（404、405）</translation>
    </message>
    <message>
        <source>The server knows no such address, model or method.</source>
        <translation>服务器没有这样的地址、模型或方法。</translation>
    </message>
    <message>
        <source>Too long (413)</source>
        <translation>过长（413）</translation>
    </message>
    <message>
        <source>The request is larger than the server takes, or the prompt longer than the context.</source>
        <translation>请求大于服务器的接受上限，或提示超出上下文。</translation>
    </message>
    <message>
        <source>Rate limited (429)</source>
        <translation>被限速（429）</translation>
    </message>
    <message>
        <source>The server takes no more requests or tokens of this key for now.</source>
        <translation>服务器暂时不再接受该密钥的更多请求或 Token。</translation>
    </message>
    <message>
        <source>Rejected (4xx)</source>
        <translation>被拒绝（4xx）</translation>
    </message>
    <message>
        <source>The server does not accept the request as it is.</source>
        <translation>服务器不接受这样的请求。</translation>
    </message>
    <message>
        <source>Server error (5xx)</source>
        <translation>服务器错误（5xx）</translation>
    </message>
    <message>
        <source>The server failed while it worked on the request.</source>
        <translation>服务器在处理请求时出错。</translation>
    </message>
    <message>
        <source>Overloaded (503, 529)</source>
        <translation>过载（503、529）</translation>
    </message>
    <message>
        <source>The server says that it has too much to do.</source>
        <translation>服务器表示负载过重。</translation>
    </message>
    <message>
        <source>Redirected elsewhere</source>
        <translation>重定向到别处</translation>
    </message>
    <message>
        <source>The server sends the request to another host, where it was not followed.</source>
        <translation>服务器将请求指向另一主机，未予跟随。</translation>
    </message>
    <message>
        <source>Another protocol</source>
        <translation>其他协议</translation>
    </message>
    <message>
        <source>What came is neither JSON nor a stream of events: a web page, perhaps of a proxy.</source>
        <translation>收到的既不是 JSON 也不是事件流：可能是代理返回的网页。</translation>
    </message>
    <message>
        <source>Malformed answer</source>
        <translation>应答格式错误</translation>
    </message>
    <message>
        <source>The answer is broken: its JSON, its text or its compression.</source>
        <translation>应答已损坏：其 JSON、文本或压缩有误。</translation>
    </message>
    <message>
        <source>Cut short</source>
        <translation>中途截断</translation>
    </message>
    <message>
        <source>The answer ended before its declared length or without its end mark.</source>
        <translation>应答在声明的长度之前结束，或没有结束标记。</translation>
    </message>
    <message>
        <source>Without end</source>
        <translation>没有结尾</translation>
    </message>
    <message>
        <source>The answer was longer than a request may give, and was given up.</source>
        <translation>应答超出一个请求允许的长度，已放弃。</translation>
    </message>
    <message>
        <source>Error within the answer</source>
        <translation>应答中含错误</translation>
    </message>
    <message>
        <source>The status was 200, but the answer told of an error.</source>
        <translation>状态为 200，但应答报告了错误。</translation>
    </message>
    <message>
        <source>No text</source>
        <translation>没有文本</translation>
    </message>
    <message>
        <source>The answer was well-formed, but no generated text was in it.</source>
        <translation>应答格式正确，但其中没有生成的文本。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Ended from here: by the user, a limit of the plan or the end of the time.</source>
        <translation>由本端结束：用户、计划的上限或时间已到。</translation>
    </message>
    <message>
        <source>never sent</source>
        <translation>未曾发送</translation>
    </message>
    <message>
        <source>more bytes than an answer may have</source>
        <translation>字节数超过应答的上限</translation>
    </message>
    <message>
        <source>a line without end</source>
        <translation>某一行没有结尾</translation>
    </message>
    <message>
        <source>more pieces than were asked for by far</source>
        <translation>片段数远超所要求的数量</translation>
    </message>
    <message>
        <source>half a line at the end</source>
        <translation>末尾有半行</translation>
    </message>
    <message>
        <source>no events</source>
        <translation>没有事件</translation>
    </message>
    <message>
        <source>the stream ends without its end mark</source>
        <translation>流结束时没有结束标记</translation>
    </message>
    <message>
        <source>the server closed the kept connection</source>
        <translation>服务器关闭了保持的连接</translation>
    </message>
    <message>
        <source>headers without end</source>
        <translation>头部没有结尾</translation>
    </message>
    <message>
        <source>no connection within the limit</source>
        <translation>时限内没有连接</translation>
    </message>
    <message>
        <source>no status line within the limit</source>
        <translation>时限内没有状态行</translation>
    </message>
    <message>
        <source>no text within the limit</source>
        <translation>时限内没有文本</translation>
    </message>
    <message>
        <source>the stream stood still for longer than the limit</source>
        <translation>流停滞超过时限</translation>
    </message>
    <message>
        <source>longer than a request may take</source>
        <translation>超过一个请求的用时上限</translation>
    </message>
    <message>
        <source>nothing but blanks</source>
        <translation>只有空白</translation>
    </message>
</context>
<context>
    <name>Fetch</name>
    <message>
        <source>the list of files</source>
        <translation>文件列表</translation>
    </message>
    <message>
        <source>%1 fetched in %2 {2:request|requests}</source>
        <translation>共 %2 次请求，取得 %1</translation>
    </message>
    <message>
        <source>%1 fetched in %2 {2:request|requests}, %3 of them repeated</source>
        <translation>共 %2 次请求（其中 %3 次为重试），取得 %1</translation>
    </message>
    <message>
        <source>The server is busy or hung up: it is asked again in %1 s</source>
        <translation>服务器繁忙或断开了连接：%1 s 后重试</translation>
    </message>
    <message>
        <source>Reading what has come</source>
        <translation>正在解析已取得的内容</translation>
    </message>
    <message>
        <source>Reading %1, %2 more to come</source>
        <translation>正在读取 %1，之后还有 %2 个</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
</context>
<context>
    <name>Fidelity</name>
    <message>
        <source>from log-probabilities in 16 bits, as llama.cpp keeps them</source>
        <translation>来自 16 位对数概率，与 llama.cpp 保存的相同</translation>
    </message>
    <message>
        <source>from the likeliest tokens: divergences are lower bounds</source>
        <translation>来自最可能的 Token：散度为下界</translation>
    </message>
    <message>
        <source>exact, over the whole vocabulary</source>
        <translation>精确，遍及整个词表</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>The index names %1, which is not there: %2 {2:tensor is|tensors are} missing</source>
        <translation>索引列出的 %1 不存在：缺少 %2 个张量</translation>
    </message>
    <message>
        <source>The download is incomplete; the model cannot be run.</source>
        <translation>下载不完整；模型无法运行。</translation>
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
        <source>%1 holds %2 {2:tensor|tensors} that the index does not name</source>
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
        <source>%1 lacks %2 {2:tensor|tensors} that the index places there</source>
        <translation>%1 缺少 %2 个索引指明在其中的张量</translation>
    </message>
    <message>
        <source>Index and shards come from different versions.</source>
        <translation>索引与分片来自不同版本。</translation>
    </message>
    <message>
        <source>%1 of the %2 shards {1:is not there:|are not there, the first is} %3</source>
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
        <source>All facts are declared by the config, none is counted; the model cannot be run.</source>
        <translation>全部属性均由配置声明，没有一项由计数得出；该模型无法运行。</translation>
    </message>
    <message>
        <source>The index declares %1 {1:byte|bytes} of tensors, the shards hold %2</source>
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
        <source>%1 has %2 {2:byte|bytes} after its last tensor</source>
        <translation>%1 在最后一个张量之后还有 %2 字节</translation>
    </message>
    <message>
        <source>%1 {1:tensor has|tensors have} the unknown dtype %2</source>
        <translation>%1 个张量的 dtype %2 未知</translation>
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
        <source>The config declares %1 {1:layer|layers}, the tensors have %2</source>
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
        <translation>配置和权重属于不同的模型。</translation>
    </message>
    <message>
        <source>The config declares a vocabulary of %1, the embedding has %2 {2:row|rows}</source>
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
        <source>By the config %1 should have %2 {2:row|rows}, the tensor has %3</source>
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
        <source>%1 {1:tensor is|tensors are} not part of %2{1:: |, for example }%3</source>
        <translation>%1 个张量不属于 %2，例如 %3</translation>
    </message>
    <message>
        <source>They take space and are not used.</source>
        <translation>它们占用空间而未被使用。</translation>
    </message>
    <message>
        <source>%1 {1:tensor|tensors} that %2 needs {1:is missing: |are missing, for example }%3</source>
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
        <source>The tokenizer gives ids up to %1, the embedding has %2 {2:row|rows}</source>
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
        <source>It may hold other weights, or the same in another format.</source>
        <translation>其中可能是别的权重，或同一权重的另一种格式。</translation>
    </message>
    <message>
        <source>The folder holds no weights in a known format (%1)</source>
        <translation>文件夹中没有已知格式（%1）的权重</translation>
    </message>
    <message>
        <source>They belong to no tensor: other data may be hidden there, and some programs will refuse this file.</source>
        <translation>它们不属于任何张量：其中可能藏有其他数据，有些程序会拒绝该文件。</translation>
    </message>
    <message>
        <source>Their values cannot be read, and their parameters may be counted wrong.</source>
        <translation>无法读取它们的数值，其参数量也可能算错。</translation>
    </message>
    <message>
        <source>%1 {1:tensor|tensors} of %2 {1:shares|share} bytes with another one{1:: |, for example }%3</source>
        <translation>%2 中有 %1 个张量与别的张量共用字节，例如 %3</translation>
    </message>
    <message>
        <source>The header is forged or damaged, or was written by a program of its own; others refuse the file.</source>
        <translation>文件头是伪造的、已损坏，或由特殊的程序写成；其他程序会拒绝该文件。</translation>
    </message>
    <message>
        <source>%1 {1:tensor reaches|tensors reach} beyond the end of %2{1:: |, for example }%3</source>
        <translation>有 %1 个张量超出了 %2 的末尾，例如 %3</translation>
    </message>
    <message>
        <source>%2 has %1 {1:byte|bytes} between its tensors that {1:belongs|belong} to none</source>
        <translation>%2 的张量之间有 %1 字节不属于任何张量</translation>
    </message>
    <message>
        <source>The format forbids holes; other data may be hidden there.</source>
        <translation>该格式不允许空洞；其中可能藏有其他数据。</translation>
    </message>
    <message>
        <source>%1 {1:tensor|tensors} of %2 {1:takes|take} more or fewer bytes than shape and dtype ask for{1:: |, for example }%3</source>
        <translation>%2 中有 %1 个张量的字节数与形状和 dtype 不符，例如 %3</translation>
    </message>
    <message>
        <source>The header is forged or damaged.</source>
        <translation>文件头是伪造的或已损坏。</translation>
    </message>
    <message>
        <source>%2 names the tensor %1 twice</source>
        <translation>%2 两次列出了张量 %1</translation>
    </message>
    <message>
        <source>The values of %1 {1:tensor|tensors} cannot be read in place{1:: |, for example }%2: %3</source>
        <translation>有 %1 个张量的数值无法直接读取，例如 %2：%3</translation>
    </message>
    <message>
        <source>Their statistics and differences cannot be computed.</source>
        <translation>无法计算它们的统计和差异。</translation>
    </message>
    <message>
        <source>%1 is stored with the largest byte first</source>
        <translation>%1 以大端字节序存储</translation>
    </message>
    <message>
        <source>Programs on usual machines refuse it.</source>
        <translation>常见机器上的程序会拒绝它。</translation>
    </message>
    <message>
        <source>%1 is in version %2 of its format, which today&apos;s programs refuse</source>
        <translation>%1 采用其格式的版本 %2，如今的程序会拒绝它</translation>
    </message>
    <message>
        <source>Convert it with a program of its time.</source>
        <translation>请用当时的程序转换它。</translation>
    </message>
    <message>
        <source>%2 gives the key %1 twice</source>
        <translation>%2 两次给出了键 %1</translation>
    </message>
    <message>
        <source>Which value counts is left to chance.</source>
        <translation>以哪个值为准全凭偶然。</translation>
    </message>
    <message>
        <source>The key %1 is %2, where %3 is expected</source>
        <translation>键 %1 是 %2，应为 %3</translation>
    </message>
    <message>
        <source>Programs that trust the type crash or read nonsense.</source>
        <translation>相信该类型的程序会崩溃或读出错误的内容。</translation>
    </message>
    <message>
        <source>The header declares the file type %1, most weights are %2</source>
        <translation>文件头声明的文件类型是 %1，而多数权重是 %2</translation>
    </message>
    <message>
        <source>The file was repacked after its header was written.</source>
        <translation>文件在写入文件头之后被重新打包过。</translation>
    </message>
    <message>
        <source>The first file declares %1 {1:tensor|tensors} in all, the files hold %2</source>
        <translation>第一个文件声明共有 %1 个张量，各文件实有 %2 个</translation>
    </message>
    <message>
        <source>A file is missing, or the files come from different versions.</source>
        <translation>缺少文件，或各文件来自不同的版本。</translation>
    </message>
    <message>
        <source>Loading %1 would run %2</source>
        <translation>加载 %1 会运行 %2</translation>
    </message>
    <message>
        <source>Whoever loads this file with PyTorch runs what its maker wanted: do not load it.</source>
        <translation>用 PyTorch 加载该文件就会运行其制作者想运行的代码：请勿加载。</translation>
    </message>
    <message>
        <source>%1 cannot be analysed: %2</source>
        <translation>无法分析 %1：%2</translation>
    </message>
    <message>
        <source>It is neither known to be safe nor known to be dangerous.</source>
        <translation>既不能确认安全，也不能确认危险。</translation>
    </message>
    <message>
        <source>%1 is damaged: %2</source>
        <translation>%1 已损坏：%2</translation>
    </message>
    <message>
        <source>Its tensors may be incomplete.</source>
        <translation>其张量可能不完整。</translation>
    </message>
    <message>
        <source>%1 names only harmless globals: %2</source>
        <translation>%1 只引用了无害的全局对象：%2</translation>
    </message>
    <message>
        <source>Loading a pickle can run code; this one was read without running anything.</source>
        <translation>加载 pickle 可能运行代码；这里读取时没有运行任何代码。</translation>
    </message>
    <message>
        <source>The archive %1 contradicts itself: %2</source>
        <translation>归档文件 %1 自相矛盾：%2</translation>
    </message>
    <message>
        <source>Two programs may see two different contents: a way to hide code from scanners.</source>
        <translation>两个程序可能看到两种不同的内容：这是躲避扫描程序的手法。</translation>
    </message>
    <message>
        <source>%1 {1:tensor has|tensors have} no storage in the file{1:: |, for example }%2</source>
        <translation>有 %1 个张量在文件中没有存储，例如 %2</translation>
    </message>
    <message>
        <source>The file is incomplete.</source>
        <translation>文件不完整。</translation>
    </message>
    <message>
        <source>The storages of %1 hold %2 {2:byte|bytes}, its tensors use %3</source>
        <translation>%1 的存储共 %2 字节，其张量只使用 %3</translation>
    </message>
    <message>
        <source>Slices of larger tensors were saved; the file is larger than the model.</source>
        <translation>保存的是更大张量的切片；文件比模型大。</translation>
    </message>
    <message>
        <source>%1 names %2, which is not there: %3 {3:tensor is|tensors are} missing</source>
        <translation>%1 提到的 %2 不存在：缺少 %3 个张量</translation>
    </message>
    <message>
        <source>%1 takes weights from %2, which lies outside its folder</source>
        <translation>%1 从其文件夹之外的 %2 取权重</translation>
    </message>
    <message>
        <source>Loading it could read any file of this machine.</source>
        <translation>加载它可能读取本机的任何文件。</translation>
    </message>
    <message>
        <source>%1 does not have the hash that %2 declares</source>
        <translation>%1 的哈希值与 %2 声明的不符</translation>
    </message>
    <message>
        <source>The file is damaged or was exchanged.</source>
        <translation>文件已损坏或被替换。</translation>
    </message>
    <message>
        <source>%1 has %2 {2:byte|bytes}, %4 declares %3</source>
        <translation>%1 有 %2 字节，%4 声明的是 %3</translation>
    </message>
    <message>
        <source>The download is incomplete, or the file was exchanged.</source>
        <translation>下载不完整，或文件被替换。</translation>
    </message>
    <message>
        <source>%2 lists %1, which is not there</source>
        <translation>%2 列出的 %1 不存在</translation>
    </message>
    <message>
        <source>The download is incomplete.</source>
        <translation>下载不完整。</translation>
    </message>
    <message>
        <source>%1 is a link to a file that is not there</source>
        <translation>%1 是指向不存在的文件的链接</translation>
    </message>
    <message>
        <source>The cache is incomplete; download the model again.</source>
        <translation>缓存不完整；请重新下载该模型。</translation>
    </message>
    <message>
        <source>No licence is named</source>
        <translation>没有注明许可证</translation>
    </message>
    <message>
        <source>Whether the model may be used for work is unknown.</source>
        <translation>不清楚该模型是否可用于工作。</translation>
    </message>
    <message>
        <source>This is an adapter (LoRA) for %1</source>
        <translation>这是 %1 的适配器（LoRA）</translation>
    </message>
    <message>
        <source>It does not run without its base model.</source>
        <translation>没有其基础模型就无法运行。</translation>
    </message>
    <message>
        <source>The config asks programs to run %1 from the model&apos;s folder</source>
        <translation>配置要求程序运行模型文件夹中的 %1</translation>
    </message>
    <message>
        <source>Loading it with trust_remote_code runs the maker&apos;s Python code.</source>
        <translation>以 trust_remote_code 加载会运行制作者的 Python 代码。</translation>
    </message>
    <message>
        <source>The config says %1, the tensors have the structure of %2</source>
        <translation>配置声称是 %1，而张量的结构是 %2</translation>
    </message>
    <message>
        <source>The name says %1, the model is %2</source>
        <translation>名称声称是 %1，而模型是 %2</translation>
    </message>
    <message>
        <source>The name says %1, but config and tensors are those of its distilled version on %2</source>
        <translation>名称声称是 %1，但配置和张量属于它在 %2 上的蒸馏版</translation>
    </message>
    <message>
        <source>A distilled model is not the full model: it is smaller and less able.</source>
        <translation>蒸馏版不是满血版：它更小，能力也更弱。</translation>
    </message>
    <message>
        <source>The config declares %1 routed {1:expert|experts}, the tensors have %2</source>
        <translation>配置声明了 %1 个路由专家，张量中有 %2 个</translation>
    </message>
    <message>
        <source>Config and weights belong to different models, or experts were removed.</source>
        <translation>配置和权重属于不同的模型，或有专家被移除。</translation>
    </message>
    <message>
        <source>The config declares %1 {1:layer|layers} for further tokens, the tensors have %2</source>
        <translation>配置声明了 %1 个多 Token 预测层，张量中有 %2 个</translation>
    </message>
    <message>
        <source>They were left out; speculative decoding with them is not possible.</source>
        <translation>它们被省去了；无法用它们做推测解码。</translation>
    </message>
    <message>
        <source>%1 gives the context length %2, %3 gives %4</source>
        <translation>%1 给出的上下文长度是 %2，%3 给出的是 %4</translation>
    </message>
    <message>
        <source>Programs differ in how many tokens they accept.</source>
        <translation>不同的程序接受的 Token 数会不同。</translation>
    </message>
    <message>
        <source>The config declares %1 {1:position|positions}, the table has %2</source>
        <translation>配置声明了 %1 个位置，位置表有 %2 个</translation>
    </message>
    <message>
        <source>Longer texts cannot be run.</source>
        <translation>更长的文本无法运行。</translation>
    </message>
    <message>
        <source>%1 is %2 in %3 and %4 in %5</source>
        <translation>%1 在 %3 中是 %2，在 %5 中是 %4</translation>
    </message>
    <message>
        <source>Generation may not stop where it should, or begin with the wrong token.</source>
        <translation>生成可能不在该停的地方停止，或以错误的 Token 开头。</translation>
    </message>
    <message>
        <source>There is no chat template</source>
        <translation>没有对话模板</translation>
    </message>
    <message>
        <source>Programs guess how to write a dialogue, and may guess wrong.</source>
        <translation>程序会猜测对话的写法，可能猜错。</translation>
    </message>
    <message>
        <source>The embedding has %1 {1:row|rows} more than the tokenizer has ids</source>
        <translation>嵌入的行数比分词器的 id 多 %1</translation>
    </message>
    <message>
        <source>Rows for padding are usual; many of them may mean another tokenizer.</source>
        <translation>填充行很常见；过多则可能意味着分词器不是这个模型的。</translation>
    </message>
    <message>
        <source>The config declares the quantization %1, the tensors are %2</source>
        <translation>配置声明的量化是 %1，而张量是 %2</translation>
    </message>
    <message>
        <source>Programs that trust the config fail or compute nonsense.</source>
        <translation>相信配置的程序会失败或算出错误的结果。</translation>
    </message>
    <message>
        <source>%1 quantized {1:tensor has|tensors have} no scales{1:: |, for example }%2</source>
        <translation>有 %1 个量化张量没有缩放因子，例如 %2</translation>
    </message>
    <message>
        <source>Their values cannot be known; the model cannot be run.</source>
        <translation>无法得知它们的数值；模型无法运行。</translation>
    </message>
    <message>
        <source>The scales %1 have the shape %2, %3 is expected</source>
        <translation>缩放因子 %1 的形状是 %2，应为 %3</translation>
    </message>
    <message>
        <source>Weights and scales do not belong together.</source>
        <translation>权重和缩放因子不匹配。</translation>
    </message>
    <message>
        <source>%1 holds %2 NaN and %3 infinite {3:value|values}</source>
        <translation>%1 含有 %2 个 NaN 和 %3 个无穷值</translation>
    </message>
    <message>
        <source>One such value spoils every answer of the model.</source>
        <translation>一个这样的值就会毁掉模型的每个回答。</translation>
    </message>
    <message>
        <source>Every value of %1 is %2</source>
        <translation>%1 的所有值都是 %2</translation>
    </message>
    <message>
        <source>The tensor was not trained, or was erased.</source>
        <translation>该张量没有经过训练，或已被抹除。</translation>
    </message>
    <message>
        <source>%2 of the %3 {3:row|rows} of %1 {2:is|are} zero</source>
        <translation>%1 的 %3 行中有 %2 行为零</translation>
    </message>
    <message>
        <source>Neurons were pruned, or rows were added and never trained.</source>
        <translation>神经元被剪枝，或添加的行从未训练过。</translation>
    </message>
    <message>
        <source>%1 and %2 have the same values</source>
        <translation>%1 与 %2 的数值相同</translation>
    </message>
    <message>
        <source>One was copied from the other: layers or experts were duplicated.</source>
        <translation>其中一个是另一个的复制品：层或专家被复制了。</translation>
    </message>
    <message>
        <source>%2 of the %3 {3:scale|scales} of %1 {2:is|are} zero, negative or not finite</source>
        <translation>%1 的 %3 个缩放因子中有 %2 个为零、为负或非有限值</translation>
    </message>
    <message>
        <source>The weights they belong to are lost.</source>
        <translation>它们所属的权重已经丢失。</translation>
    </message>
    <message>
        <source>%1 of the %2 weight {2:matrix|matrices} looked at {1:holds|hold} %3 different {3:value|values} among 128, as if {1:it|they} had been stored in %4 {4:bit|bits}</source>
        <translation>查看的 %2 个权重矩阵中有 %1 个在每 128 个值中只有 %3 个不同的值，像是曾以 %4 位存储</translation>
    </message>
    <message>
        <source>The weights were quantized and stored as full precision again: the size is that of the full model, the quality is not.</source>
        <translation>权重被量化后又以全精度存储：大小与完整模型相同，质量则不然。</translation>
    </message>
</context>
<context>
    <name>Generator</name>
    <message>
        <source>A number hidden in a long text</source>
        <translation>藏在长文本中的数字</translation>
    </message>
    <message>
        <source>Names that pass a value on, scattered over a text</source>
        <translation>散布在文本中、依次传值的名称</translation>
    </message>
    <message>
        <source>Arithmetic in many steps</source>
        <translation>多步算术</translation>
    </message>
    <message>
        <source>Numbers to be sorted</source>
        <translation>数字排序</translation>
    </message>
    <message>
        <source>Small programs with tests</source>
        <translation>带测试的小程序</translation>
    </message>
    <message>
        <source>Is n²+n+41 always prime?</source>
        <translation>n²+n+41 总是素数吗？</translation>
    </message>
    <message>
        <source>Quicksort, and files with the right exceptions</source>
        <translation>快速排序，以及带正确异常的文件处理</translation>
    </message>
    <message>
        <source>A long report to be summarised, with facts to be told</source>
        <translation>待摘要的长报告，须说出其中的事实</translation>
    </message>
</context>
<context>
    <name>Identity</name>
    <message>
        <source>VERIFIED</source>
        <translation>已核实</translation>
    </message>
    <message>
        <source>CONTRADICTED</source>
        <translation>与声明不符</translation>
    </message>
    <message>
        <source>CONSISTENT</source>
        <translation>与声明一致</translation>
    </message>
    <message>
        <source>INCONCLUSIVE</source>
        <translation>证据不足</translation>
    </message>
    <message>
        <source>NOT TESTED</source>
        <translation>未检验</translation>
    </message>
    <message>
        <source>supported</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>contradicted</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>impossible</source>
        <translation>不可能</translation>
    </message>
    <message>
        <source>contradicts itself</source>
        <translation>自相矛盾</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>未检验</translation>
    </message>
    <message>
        <source>published</source>
        <translation>已公布</translation>
    </message>
    <message>
        <source>told</source>
        <translation>自述</translation>
    </message>
    <message>
        <source>declared</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>derived</source>
        <translation>推导</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>deep</source>
        <translation>深入</translation>
    </message>
    <message>
        <source>half an entry of %1 bytes, which was not written to its end, was set aside</source>
        <translation>一条未写完的不完整记录（%1 字节）已另行存放</translation>
    </message>
    <message>
        <source>the clock went back from %1 to %2</source>
        <translation>时钟从 %1 回退到了 %2</translation>
    </message>
    <message>
        <source>This is no field that anything here decides.</source>
        <translation>此处没有任何检验能对该字段作出判定。</translation>
    </message>
    <message>
        <source>Measuring it decides: assay bench.</source>
        <translation>需通过测量判定：assay bench。</translation>
    </message>
    <message>
        <source>Asking a suite decides: assay evaluate.</source>
        <translation>需通过测试集判定：assay evaluate。</translation>
    </message>
    <message>
        <source>Nothing that was found decides it.</source>
        <translation>现有结果均不足以作出判定。</translation>
    </message>
    <message>
        <source>The model takes no images.</source>
        <translation>该模型不接受图像输入。</translation>
    </message>
    <message>
        <source>The sheet names no known model for this version.</source>
        <translation>声明表未为此版本指明任何已知模型。</translation>
    </message>
    <message>
        <source>It was found so.</source>
        <translation>核查结果与此相同。</translation>
    </message>
    <message>
        <source>It is so of %1 {2:alone|among others}, which other claims of the sheet rule out.</source>
        <translation>与此相符的已知模型有 %1，但声明表中的其他声明已将其排除。</translation>
    </message>
    <message>
        <source>Arithmetic rules out what is claimed in %1.</source>
        <translation>根据计算，%1 中声明的内容不可能成立。</translation>
    </message>
    <message>
        <source>The sheet contradicts itself in %1.</source>
        <translation>声明表在 %1 中自相矛盾。</translation>
    </message>
    <message>
        <source>What the files declare is incompatible with the claims %1.</source>
        <translation>文件所声明的内容与声明 %1 不相容。</translation>
    </message>
    <message>
        <source>What is counted in the tensors is incompatible with the claims %1.</source>
        <translation>由张量计得的结果与声明 %1 不相容。</translation>
    </message>
    <message>
        <source>What was found agrees with the claims %1.</source>
        <translation>核查结果与声明 %1 一致。</translation>
    </message>
    <message>
        <source>Of other versions or of answers, published facts speak against the claims %1.</source>
        <translation>就其他版本或回答而言，公开资料与声明 %1 不符。</translation>
    </message>
    <message>
        <source>No number can be read from what is claimed.</source>
        <translation>无法从声明的内容中读出数值。</translation>
    </message>
    <message>
        <source>A host may serve less than the model can.</source>
        <translation>服务方提供的能力可以低于模型本身所能达到的水平。</translation>
    </message>
    <message>
        <source>It was found otherwise.</source>
        <translation>核查结果与此不同。</translation>
    </message>
    <message>
        <source>%1 cannot hold the weights: at 1.5 bits each, fewer than anything in use, they take %2.</source>
        <translation>%1 容纳不下这些权重：即使每个权重仅占 1.5 位（低于任何实际使用的格式），也需要 %2。</translation>
    </message>
    <message>
        <source>The weights as they are stored take %1; in %2 they would have to be stored smaller.</source>
        <translation>权重按现有存储形式占用 %1；要放入 %2，须以更小的形式存储。</translation>
    </message>
    <message>
        <source>The weights would fit; what running them takes has to be measured (assay bench).</source>
        <translation>权重可以放下；运行所需的资源须经测量得知（assay bench）。</translation>
    </message>
    <message>
        <source>No hardware is named whose figures are known here.</source>
        <translation>未指明此处已知其参数的硬件。</translation>
    </message>
    <message>
        <source>%1 a token is less than the %2 that reading the active weights takes on %3, at 1.5 bits each.</source>
        <translation>每个 Token %1，短于在 %3 上以每个权重 1.5 位读取激活权重所需的 %2。</translation>
    </message>
    <message>
        <source>%1 a token is less than the %2 that reading the active weights takes on %3, as they are stored.</source>
        <translation>每个 Token %1，短于在 %3 上按现有存储形式读取激活权重所需的 %2。</translation>
    </message>
    <message>
        <source>Arithmetic allows it; only measuring decides (assay bench).</source>
        <translation>计算上可行；只有测量才能判定（assay bench）。</translation>
    </message>
    <message>
        <source>%1 cannot hold the weights that the sheet itself claims: at 1.5 bits each, fewer than anything in use, they take %2.</source>
        <translation>%1 容纳不下声明表自身所声明的权重：即使每个权重仅占 1.5 位（低于任何实际使用的格式），也需要 %2。</translation>
    </message>
    <message>
        <source>The sheet&apos;s own latencies (entry %1) give %2.</source>
        <translation>由声明表自身的延迟（条目 %1）得出 %2。</translation>
    </message>
    <message>
        <source>%1 tokens are more than every context that the sheet claims (%2).</source>
        <translation>%1 个 Token 超出声明表所声明的所有上下文长度（%2）。</translation>
    </message>
    <message>
        <source>It is %1 to %2; %3 of %4 {4:pair|pairs} of versions agree.</source>
        <translation>该值为 %1 至 %2；%4 对版本中有 %3 对一致。</translation>
    </message>
    <message>
        <source>The sheet itself claims %1 in its entry %2.</source>
        <translation>声明表自身在条目 %2 中声明了 %1。</translation>
    </message>
    <message>
        <source>No documented API or server sends a field &quot;%1&quot;; an answer that has it would prove nothing.</source>
        <translation>没有任何有文档的 API 或服务器会发送字段“%1”；含有该字段的回答不能证明任何事情。</translation>
    </message>
    <message>
        <source>Answers of an endpoint decide it, and they can say anything.</source>
        <translation>该项取决于端点的回答，而回答可以是任何内容。</translation>
    </message>
    <message>
        <source>Entry %1 is not an object.</source>
        <translation>条目 %1 不是对象。</translation>
    </message>
    <message>
        <source>Entry %1 names no field.</source>
        <translation>条目 %1 未指明字段。</translation>
    </message>
    <message>
        <source>Entry %1 (%2) has no value that can be held against anything.</source>
        <translation>条目 %1（%2）没有可供比对的值。</translation>
    </message>
    <message>
        <source>Only the first %1 claims are read.</source>
        <translation>仅读取前 %1 条声明。</translation>
    </message>
    <message>
        <source>Entry %1 has the id %2 of another.</source>
        <translation>条目 %1 的 ID %2 与另一条目重复。</translation>
    </message>
    <message>
        <source>&quot;versions&quot; is not an object of names of known models.</source>
        <translation>“versions”不是由已知模型名称构成的对象。</translation>
    </message>
    <message>
        <source>Nothing that is claimed is a word.</source>
        <translation>声明的内容中没有词语。</translation>
    </message>
    <message>
        <source>The words are not known here, so they decide nothing.</source>
        <translation>这些词语在此处未知，因此无法据以判定。</translation>
    </message>
    <message>
        <source>No question was answered by both sides</source>
        <translation>没有双方都作答的题目</translation>
    </message>
    <message>
        <source>Of %1 questions the reference has %2 right and the subject %3; %4 only the reference, %5 only the subject</source>
        <translation>在 %1 道题中，参考答对 %2 道，被测对象答对 %3 道；仅参考答对 %4 道，仅被测对象答对 %5 道</translation>
    </message>
    <message>
        <source>a chat template or a system prompt that the reference did not have</source>
        <translation>使用了参考所没有的对话模板或系统提示词</translation>
    </message>
    <message>
        <source>answers that were cut off by a limit of tokens</source>
        <translation>回答因 Token 上限而被截断</translation>
    </message>
    <message>
        <source>The answers to %1 questions are %2 times as likely from the reference as from %3</source>
        <translation>对 %1 道题的回答出自参考的可能性是出自 %3 的 %2 倍</translation>
    </message>
    <message>
        <source>another engine, device or batch than the reference&apos;s, where it was supposed to be the same</source>
        <translation>引擎、设备或批次与参考不同，而按设定应当相同</translation>
    </message>
    <message>
        <source>No answer at temperature 0 could be read by the reference&apos;s weights</source>
        <translation>没有任何温度为 0 的回答能由参考权重读取</translation>
    </message>
    <message>
        <source>Of the tokens written at temperature 0 after %1 prompts %2 % are not the reference&apos;s likeliest, %3 % of its own</source>
        <translation>在 %1 条提示词之后以温度 0 写出的 Token 中，有 %2 % 不是参考最可能的 Token，参考自身为 %3 %</translation>
    </message>
    <message>
        <source>Of the tokens written at temperature 0 after %1 prompts %2 % are not the reference&apos;s likeliest, %3 % of its own; its score is held against those of honest stacks</source>
        <translation>在 %1 条提示词之后以温度 0 写出的 Token 中，有 %2 % 不是参考最可能的 Token，参考自身为 %3 %；其得分与如实部署的服务栈的得分相比较</translation>
    </message>
    <message>
        <source>Of the tokens written at temperature 0 after %1 prompts %2 % are not the reference&apos;s likeliest, %3 % of its own; too few honest stacks are known to say how many serving alone makes</source>
        <translation>在 %1 条提示词之后以温度 0 写出的 Token 中，有 %2 % 不是参考最可能的 Token，参考自身为 %3 %；已知的如实部署的服务栈太少，无法判断仅由服务环境会造成多少差异</translation>
    </message>
    <message>
        <source>No answer could be scored by the reference&apos;s weights</source>
        <translation>没有任何回答能由参考权重评分</translation>
    </message>
    <message>
        <source>No log-probabilities came back for any prompt</source>
        <translation>所有提示词均未返回对数概率</translation>
    </message>
    <message>
        <source>No prompt has two answers from either side, so texts cannot be compared</source>
        <translation>任何一方都没有对同一提示词的两个回答，因此无法比较文本</translation>
    </message>
    <message>
        <source>Over %1 prompts %2 texts of the subject lie %3 from %4 of the reference (MMD^2; %5 would be seen in 8 of 10 cases)</source>
        <translation>在 %1 条提示词上，被测对象的 %2 段文本与参考的 %4 段文本相距 %3（MMD^2；10 次中有 8 次可检出 %5）</translation>
    </message>
    <message>
        <source>another temperature or top-p than was asked for</source>
        <translation>温度或 top-p 与请求的不同</translation>
    </message>
    <message>
        <source>a system prompt or a chat template that the reference did not have</source>
        <translation>使用了参考所没有的系统提示词或对话模板</translation>
    </message>
    <message>
        <source>hardware that is better than stated, or prompts that a cache answers</source>
        <translation>硬件优于所述，或提示词由缓存作答</translation>
    </message>
    <message>
        <source>speculative decoding, which gives several tokens a step</source>
        <translation>推测解码，每一步产生多个 Token</translation>
    </message>
    <message>
        <source>Too few prompts of different lengths came back to tell how the first token&apos;s time grows</source>
        <translation>返回的不同长度的提示词太少，无法判断首 Token 延迟如何增长</translation>
    </message>
    <message>
        <source>Each prompt token adds %1 us to the first token&apos;s time; no time of the claimed model on such hardware is known</source>
        <translation>每个提示词 Token 使首 Token 延迟增加 %1 us；所声明的模型在此类硬件上的时间未知</translation>
    </message>
    <message>
        <source>Each prompt token adds %1 us to the first token&apos;s time, %2 us with the reference: less work than the claimed model&apos;s</source>
        <translation>每个提示词 Token 使首 Token 延迟增加 %1 us，参考为 %2 us：计算量少于所声明的模型</translation>
    </message>
    <message>
        <source>Each prompt token adds %1 us to the first token&apos;s time, %2 us with the reference</source>
        <translation>每个提示词 Token 使首 Token 延迟增加 %1 us，参考为 %2 us</translation>
    </message>
    <message>
        <source>Too few gaps between tokens came back to tell the shortest of them</source>
        <translation>返回的 Token 间隔太少，无法判断其中最短的间隔</translation>
    </message>
    <message>
        <source>No hardware is stated, so no time between tokens is too short</source>
        <translation>未说明硬件，因此无法认定 Token 间隔过短</translation>
    </message>
    <message>
        <source>A tenth of the tokens follow the one before within %1 ms; reading the claimed weights takes %2 ms on the stated hardware</source>
        <translation>十分之一的 Token 与前一个 Token 的间隔不超过 %1 ms；在所述硬件上读取所声明的权重需要 %2 ms</translation>
    </message>
    <message>
        <source>Nine tenths of the tokens take %1 ms or more; reading the claimed weights takes %2 ms on the stated hardware</source>
        <translation>十分之九的 Token 用时不少于 %1 ms；在所述硬件上读取所声明的权重需要 %2 ms</translation>
    </message>
    <message>
        <source>A second channel: returned token ids, the strings of log-probabilities, pieces of a stream, or where max_tokens cuts off. About 12 short requests.</source>
        <translation>第二条通道：返回的 Token ID、对数概率中的字符串、流式输出的片段，或 max_tokens 的截断位置。约 12 次短请求。</translation>
    </message>
    <message>
        <source>The same checks on another day. They cost as much again.</source>
        <translation>改日再做同样的检验。开销与本次相同。</translation>
    </message>
    <message>
        <source>The publisher&apos;s manifest of SHA-256 sums. No requests; every byte is read once.</source>
        <translation>发布者的 SHA-256 校验和清单。无需请求；每个字节读取一次。</translation>
    </message>
    <message>
        <source>The weights beside a trusted copy. No requests; both are read once.</source>
        <translation>将权重与可信副本比对。无需请求；两者各读取一次。</translation>
    </message>
    <message>
        <source>Tokenizer probes over two channels (the quick size). About 30 requests, less than 3,000 tokens.</source>
        <translation>通过两条通道进行分词器探测（快速规模）。约 30 次请求，不到 3,000 个 Token。</translation>
    </message>
    <message>
        <source>Greedy tokens beside reference weights or a reference bundle: 50 prompts of 100 tokens. 50 requests, 5,000 output tokens.</source>
        <translation>将贪心解码的 Token 与参考权重或参考包比对：50 条提示词，每条 100 个 Token。50 次请求，5,000 个输出 Token。</translation>
    </message>
    <message>
        <source>Without reference weights, texts beside those of a trusted endpoint: 25 prompts, 10 answers, 50 tokens. 250 requests and 12,500 output tokens on each side.</source>
        <translation>没有参考权重时，将文本与可信端点的文本比对：25 条提示词，各 10 个回答，每个 50 个 Token。每一方 250 次请求、12,500 个输出 Token。</translation>
    </message>
    <message>
        <source>Paired items, 40 of rare knowledge and 60 of reasoning. 100 requests; a reasoning model writes about 12,000 tokens for each of the latter.</source>
        <translation>配对题目，40 道冷门知识题和 60 道推理题。100 次请求；推理模型在每道推理题上约输出 12,000 个 Token。</translation>
    </message>
    <message>
        <source>The deep size: 200 prompts of 200 tokens, 200 knowledge items, long contexts, six times within 48 hours. About 5,000 requests and several million tokens.</source>
        <translation>深度规模：200 条提示词各 200 个 Token、200 道知识题、长上下文，48 小时内进行六次。约 5,000 次请求和数百万个 Token。</translation>
    </message>
    <message>
        <source>Checks of single requests over time: %1 without a finding exclude, at 95 %, that a share of %2 or more is answered by another model.</source>
        <translation>长期逐次检查单个请求：%1 次均无发现时，可在 95% 置信水平下排除有 %2 或更高比例的请求由其他模型回答。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>It has %1 of the %2 experts.</source>
        <translation>有 %2 个专家中的 %1 个。</translation>
    </message>
    <message>
        <source>%1: %2, there %3</source>
        <translation>%1：%2，彼处为 %3</translation>
    </message>
    <message>
        <source>Every tensor&apos;s name and shape.</source>
        <translation>每个张量的名称和形状。</translation>
    </message>
    <message>
        <source>%1 of the tensors have the same name and shape.</source>
        <translation>%1 个张量的名称和形状相同。</translation>
    </message>
    <message>
        <source>The config declares what is published of %1 ({2:%2 field|%2 fields} compared).</source>
        <translation>配置所声明的内容与 %1 的公开资料一致（比较了 %2 个字段）。</translation>
    </message>
    <message>
        <source>The config declares what is published of %1, and of %2, which no config tells from it.</source>
        <translation>配置所声明的内容与 %1 的公开资料一致，也与 %2 的一致，任何配置都无法区分二者。</translation>
    </message>
    <message>
        <source>What the config declares is incompatible with %1 (declared / published): %2.</source>
        <translation>配置所声明的内容与 %1 不相容（声明值 / 公开值）：%2。</translation>
    </message>
    <message>
        <source>The folder may have been named after the model that another one was distilled from.</source>
        <translation>该文件夹可能以蒸馏来源模型的名称命名。</translation>
    </message>
    <message>
        <source>The config is not that of these tensors (counted / declared): %1.</source>
        <translation>配置与这些张量不对应（计得值 / 声明值）：%1。</translation>
    </message>
    <message>
        <source>The config of another model may have been copied here by mistake.</source>
        <translation>可能误将其他模型的配置复制到了此处。</translation>
    </message>
    <message>
        <source>Every tensor has the name and the shape that %1 has.</source>
        <translation>每个张量的名称和形状都与 %1 相同。</translation>
    </message>
    <message>
        <source>Every tensor has the name and the shape that %1 has; its layers of next-token prediction are not stored.</source>
        <translation>每个张量的名称和形状都与 %1 相同；其用于预测后续 Token 的层未存储。</translation>
    </message>
    <message>
        <source>Files are missing; the tensors that are here have names and shapes that %1 has.</source>
        <translation>有文件缺失；现有张量的名称和形状是 %1 所具有的。</translation>
    </message>
    <message>
        <source>The tensors are incompatible with %1: %2 of them are the same, %3 {3:pattern differs|patterns differ} (found / expected): %4.</source>
        <translation>张量与 %1 不相容：%2 个相同，%3 种模式不同（实际 / 预期）：%4。</translation>
    </message>
    <message>
        <source>Tensors are named or packed otherwise here; what can be counted all the same is as in %1.</source>
        <translation>此处张量的命名或打包方式不同；仍可计得的结果与 %1 相同。</translation>
    </message>
    <message>
        <source>What is counted in the tensors is incompatible with %1 (counted / published): %2.</source>
        <translation>由张量计得的结果与 %1 不相容（计得值 / 公开值）：%2。</translation>
    </message>
    <message>
        <source>It is called %1, but its tensors are those of %2. A name is only a claim.</source>
        <translation>其名称为 %1，但张量是 %2 的。名称只是一项声明。</translation>
    </message>
    <message>
        <source>Physics</source>
        <translation>物理约束</translation>
    </message>
    <message>
        <source>Claimed parameters against the stated memory, bandwidth, file size and speed.</source>
        <translation>将声明的参数量与所述的内存、带宽、文件大小和速度对照。</translation>
    </message>
    <message>
        <source>Anything served by hardware that is not known.</source>
        <translation>由未知硬件提供的任何服务。</translation>
    </message>
    <message>
        <source>Declared metadata</source>
        <translation>声明的元数据</translation>
    </message>
    <message>
        <source>Config, headers of weight files, model lists: what files and servers say of themselves.</source>
        <translation>配置、权重文件头、模型列表：文件和服务器对自身的描述。</translation>
    </message>
    <message>
        <source>Any deliberate lie: what is declared costs nothing to forge, so agreement weighs nothing.</source>
        <translation>任何蓄意的虚假声明：声明的内容可以毫无成本地伪造，因此一致不具有任何权重。</translation>
    </message>
    <message>
        <source>Response fields and headers</source>
        <translation>响应字段与响应头</translation>
    </message>
    <message>
        <source>Model names, fingerprints, usage fields and marks of the serving software in answers.</source>
        <translation>回答中的模型名称、指纹、用量字段以及服务软件的特征。</translation>
    </message>
    <message>
        <source>A proxy that rewrites them. They tell the software that serves, not the weights, and never decide.</source>
        <translation>改写这些内容的代理。它们反映的是提供服务的软件而非权重，从不作为判定依据。</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>How many tokens known strings become, over at least two independent channels.</source>
        <translation>已知字符串变为多少个 Token，通过至少两条独立通道测得。</translation>
    </message>
    <message>
        <source>Models that share a tokenizer: versions of one family, quantised ones, fine-tunes of one base.</source>
        <translation>共用同一分词器的模型：同一系列的各版本、量化模型、同一基础版的微调模型。</translation>
    </message>
    <message>
        <source>Distribution against a reference</source>
        <translation>与参考的分布比较</translation>
    </message>
    <message>
        <source>Tokens, log-probabilities or texts of the subject beside those of a reference.</source>
        <translation>将被测对象的 Token、对数概率或文本与参考的相比较。</translation>
    </message>
    <message>
        <source>Differences as small as those between honest servers; without a reference nothing at all.</source>
        <translation>小到与如实部署的服务器之间相当的差异；没有参考时则什么都检不出。</translation>
    </message>
    <message>
        <source>Timing</source>
        <translation>时序</translation>
    </message>
    <message>
        <source>Slope of the first token&apos;s delay, least delay between tokens, throughput.</source>
        <translation>首 Token 延迟的斜率、Token 间的最短延迟、吞吐量。</translation>
    </message>
    <message>
        <source>Most substitutions: a server can be slowed down at will, so it counts against a claim only and never decides.</source>
        <translation>多数替换：服务器可以随意放慢，因此时序只能作为不利于声明的证据，且从不单独判定。</translation>
    </message>
    <message>
        <source>Capability</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Paired items by difficulty, rare knowledge, what is found in long contexts.</source>
        <translation>按难度配对的题目、冷门知识、长上下文中的检索。</translation>
    </message>
    <message>
        <source>Models of like strength, and routing of known test questions to another model.</source>
        <translation>能力相近的模型，以及将已知测试题转发给其他模型的情形。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Hashes, shapes, values and lineage of the tensors themselves.</source>
        <translation>张量本身的哈希、形状、数值和谱系。</translation>
    </message>
    <message>
        <source>Anything remote. Without a manifest: versions that share every shape.</source>
        <translation>任何远程对象。没有校验和清单时：所有形状都相同的版本。</translation>
    </message>
    <message>
        <source>The counts of prompts tell nothing: %1</source>
        <translation>提示词的计数不能说明任何问题：%1</translation>
    </message>
    <message>
        <source>The counts of %1 messages are those of the tokenizer of %2, with %3 tokens around each message</source>
        <translation>%1 条消息的计数与 %2 的分词器一致，每条消息前后共有 %3 个 Token</translation>
    </message>
    <message>
        <source>The counts of %1 messages are those of the tokenizer of %2, and off by %3 tokens from that of %4</source>
        <translation>%1 条消息的计数与 %2 的分词器一致，与 %4 的分词器相差 %3 个 Token</translation>
    </message>
    <message>
        <source>The counts of %1 messages name no tokenizer: %2</source>
        <translation>%1 条消息的计数无法指明分词器：%2</translation>
    </message>
    <message>
        <source>A gateway may count with a tokenizer of its own; a second channel would show it.</source>
        <translation>网关可能用自己的分词器计数；第二个通道可以显示这一点。</translation>
    </message>
    <message>
        <source>The endpoint gave no ids of tokens</source>
        <translation>端点未给出 Token 的 ID</translation>
    </message>
    <message>
        <source>The answer&apos;s %1 tokens have ids up to %2</source>
        <translation>回答的 %1 个 Token 的 ID 最大为 %2</translation>
    </message>
    <message>
        <source>A gateway may make up ids from the text with a tokenizer of its own.</source>
        <translation>网关可能用自己的分词器根据文本编造 ID。</translation>
    </message>
    <message>
        <source>The endpoint gave no log-probabilities, which name tokens</source>
        <translation>端点未给出可指明 Token 的对数概率</translation>
    </message>
    <message>
        <source>The tokens of the answer hold no long number that was cut</source>
        <translation>回答的 Token 中没有被切分的长数字</translation>
    </message>
    <message>
        <source>The tokens that log-probabilities name cut a number of %1 digits into single digits</source>
        <translation>对数概率所指明的 Token 将一个 %1 位数字切分为单个数位</translation>
    </message>
    <message>
        <source>The tokens that log-probabilities name cut a number of %1 digits into threes</source>
        <translation>对数概率所指明的 Token 将一个 %1 位数字按三位一组切分</translation>
    </message>
    <message>
        <source>The answer copied no long number, so the chunks of its stream tell nothing</source>
        <translation>回答未抄写长数字，因此其流的分块不提供任何信息</translation>
    </message>
    <message>
        <source>The chunks of the stream cut words as well as digits: something cut it anew, and it tells nothing</source>
        <translation>流的分块既切分数字也切分单词：流曾被重新切分，不提供任何信息</translation>
    </message>
    <message>
        <source>The chunks of the stream hold several digits each, which proves nothing: chunks may be merged</source>
        <translation>流的每个分块含多个数位，这不能证明什么：分块可能被合并</translation>
    </message>
    <message>
        <source>The stream gave %1 single digits of a copied number, and words whole</source>
        <translation>流将抄写数字中的 %1 个数位逐个给出，而单词保持完整</translation>
    </message>
    <message>
        <source>The copy that max_tokens was to cut short is no beginning of the number, so it tells nothing</source>
        <translation>本应由 max_tokens 截短的抄写内容并非该数字的开头，因此不提供任何信息</translation>
    </message>
    <message>
        <source>%1 tokens held %2 digits of a copied number: a digit each</source>
        <translation>%1 个 Token 含有抄写数字的 %2 个数位：每个一位</translation>
    </message>
    <message>
        <source>%1 tokens held %2 digits of a copied number: three each</source>
        <translation>%1 个 Token 含有抄写数字的 %2 个数位：每个三位</translation>
    </message>
    <message>
        <source>A gateway may cut answers by a counter of its own.</source>
        <translation>网关可能按自己的计数器截断回答。</translation>
    </message>
    <message>
        <source>the message from which differences are taken was not counted</source>
        <translation>用作差值基准的消息未被计数</translation>
    </message>
    <message>
        <source>only %1 messages were counted; %2 are needed</source>
        <translation>只有 %1 条消息被计数；需要 %2 条</translation>
    </message>
    <message>
        <source>the same message was counted differently from one time to the next</source>
        <translation>同一条消息在不同次请求中的计数不同</translation>
    </message>
    <message>
        <source>the counts fit no tokenizer that is known here</source>
        <translation>计数与此处已知的任何分词器都不相符</translation>
    </message>
    <message>
        <source>the counts do not tell apart the tokenizers that fit</source>
        <translation>计数无法区分相符的各个分词器</translation>
    </message>
    <message>
        <source>Other channels fit the claim, so one of them does not show the model&apos;s own tokenizer.</source>
        <translation>其他通道与声明相符，因此其中一个通道显示的并非模型自身的分词器。</translation>
    </message>
    <message>
        <source>{1:%1 channel shows|%1 channels show} no tokenizer of %2, which this model would have</source>
        <translation>%1 个通道未显示 %2 的分词器，而该模型本应使用它</translation>
    </message>
    <message>
        <source>Answers could not be counted here: no file of the claimed tokenizer is at hand</source>
        <translation>无法在此对回答计数：手头没有所声明分词器的文件</translation>
    </message>
    <message>
        <source>No answer came with a count of its tokens</source>
        <translation>没有回答附带其 Token 计数</translation>
    </message>
    <message>
        <source>Of %1 answers %2 have the count of tokens that the claimed tokenizer gives</source>
        <translation>%1 个回答中有 %2 个的 Token 计数与所声明的分词器给出的一致</translation>
    </message>
    <message>
        <source>Channels disagree: %1 found what is claimed, %2 did not.</source>
        <translation>各通道不一致：%1 的结果与声明相符，%2 则不相符。</translation>
    </message>
    <message>
        <source>One channel on one day can be wrong for a harmless reason; two of either are needed.</source>
        <translation>单个通道在单日内可能因无害的原因出错；通道或日期至少需要两个。</translation>
    </message>
    <message>
        <source>Response fields and timing weigh by their likelihood ratio only and never decide.</source>
        <translation>响应字段和时延仅以其似然比计入权重，从不单独作出判定。</translation>
    </message>
    <message>
        <source>%1 was planned and not made.</source>
        <translation>已计划 %1，但未执行。</translation>
    </message>
    <message>
        <source>%1 rejects the claim: p %2, %3 after Holm&apos;s correction, at most %4 is asked.</source>
        <translation>%1 拒绝该声明：p 值 %2，经 Holm 校正后为 %3，要求不超过 %4。</translation>
    </message>
    <message>
        <source>%1 does not reject the claim: p %2, %3 after Holm&apos;s correction, at most %4 would.</source>
        <translation>%1 不拒绝该声明：p 值 %2，经 Holm 校正后为 %3，不超过 %4 才会拒绝。</translation>
    </message>
    <message>
        <source>Nothing here could have told the claim from %1.</source>
        <translation>此处没有任何检验能将该声明与 %1 区分开。</translation>
    </message>
    <message>
        <source>%1 would have been found with a probability of %2; %3 is asked.</source>
        <translation>%1 被检出的概率为 %2；要求为 %3。</translation>
    </message>
    <message>
        <source>No alternative was named that power could be asked against.</source>
        <translation>未指定可用于计算检验功效的备择模型。</translation>
    </message>
    <message>
        <source>Why it is so: the data do not tell a mistake from an intention.</source>
        <translation>为何如此：数据无法区分失误与故意。</translation>
    </message>
    <message>
        <source>How the model is served elsewhere: the match is of these files.</source>
        <translation>模型在别处如何提供服务：匹配的只是这些文件。</translation>
    </message>
    <message>
        <source>Nothing here tells it from %1.</source>
        <translation>此处没有任何依据可将其与 %1 区分开。</translation>
    </message>
    <message>
        <source>Version, precision and fine-tuning: no distribution was compared with a reference.</source>
        <translation>版本、精度和微调：没有将任何分布与参考进行比较。</translation>
    </message>
    <message>
        <source>Whether the values are the publisher&apos;s: nothing was held against a manifest.</source>
        <translation>数值是否出自发布者：没有与任何校验和清单核对。</translation>
    </message>
    <message>
        <source>Other times and other requests: what answers them may differ from what answered these.</source>
        <translation>其他时间和其他请求：应答它们的可能与应答这些请求的不同。</translation>
    </message>
    <message>
        <source>Full or distilled? Not as claimed: the tensors in these files are incompatible with the claim.</source>
        <translation>满血版还是蒸馏版？与声明不符：这些文件中的张量与声明不相容。</translation>
    </message>
    <message>
        <source>Full or distilled? Not as claimed: what these files declare of themselves is incompatible with the claim.</source>
        <translation>满血版还是蒸馏版？与声明不符：这些文件对自身的描述与声明不相容。</translation>
    </message>
    <message>
        <source>Full or distilled? Not as claimed: the data are incompatible with the claim on %1 independent channels (%2).</source>
        <translation>满血版还是蒸馏版？与声明不符：数据在 %1 个独立通道上与声明不相容（%2）。</translation>
    </message>
    <message>
        <source>Full or distilled? Not as claimed: the data are incompatible with the claim on %1 days (%2).</source>
        <translation>满血版还是蒸馏版？与声明不符：数据在 %1 天内均与声明不相容（%2）。</translation>
    </message>
    <message>
        <source>Full or distilled? Not as claimed: the data are incompatible with the claim (%1), at an error rate of %2 for the whole report.</source>
        <translation>满血版还是蒸馏版？与声明不符：数据与声明不相容（%1），整份报告的错误率为 %2。</translation>
    </message>
    <message>
        <source>Full or distilled? As claimed, as far as it can be counted: the tensors in these files fit the claim.</source>
        <translation>满血版还是蒸馏版？在可统计的范围内与声明一致：这些文件中的张量符合声明。</translation>
    </message>
    <message>
        <source>Full or distilled? As claimed, as far as these tests see: nothing contradicts it, and each of %1 {1:alternative|alternatives} would have been found with a probability of at least %2. Version or precision is not determined.</source>
        <translation>满血版还是蒸馏版？在这些检验可见的范围内与声明一致：没有与之相悖之处，且 %1 个备择模型中的每一个被检出的概率至少为 %2。版本或精度未确定。</translation>
    </message>
    <message>
        <source>Full or distilled? As claimed, as far as these tests see: nothing contradicts it, and each of %1 {1:alternative|alternatives} would have been found with a probability of at least %2.</source>
        <translation>满血版还是蒸馏版？在这些检验可见的范围内与声明一致：没有与之相悖之处，且 %1 个备择模型中的每一个被检出的概率至少为 %2。</translation>
    </message>
    <message>
        <source>Full or distilled? Not decided: the weights match the manifest, and yet the claim is contradicted; one of the two is about another model.</source>
        <translation>满血版还是蒸馏版？未判定：权重与校验和清单相符，但又有结果与声明不符；两者之一涉及的是另一个模型。</translation>
    </message>
    <message>
        <source>Full or distilled? Not decided: the claim was contradicted on one channel and one day only.</source>
        <translation>满血版还是蒸馏版？未判定：仅在一个通道、一天内与声明不符。</translation>
    </message>
    <message>
        <source>Full or distilled? Not decided: nothing contradicts the claim, but these tests could have missed %1.</source>
        <translation>满血版还是蒸馏版？未判定：没有与声明相悖之处，但这些检验可能漏检 %1。</translation>
    </message>
    <message>
        <source>Full or distilled? Not decided: nothing contradicts the claim, but no test here could have found another model.</source>
        <translation>满血版还是蒸馏版？未判定：没有与声明相悖之处，但此处没有检验能够检出另一个模型。</translation>
    </message>
    <message>
        <source>Full or distilled? As claimed: all weights match the manifest.</source>
        <translation>满血版还是蒸馏版？与声明一致：所有权重均与校验和清单相符。</translation>
    </message>
    <message>
        <source>Full or distilled? Not tested: nothing was looked at that could tell.</source>
        <translation>满血版还是蒸馏版？未检验：没有查看任何可供判断的内容。</translation>
    </message>
    <message>
        <source>time to first token</source>
        <translation>首 Token 延迟</translation>
    </message>
    <message>
        <source>time per output token</source>
        <translation>每个输出 Token 的时间</translation>
    </message>
    <message>
        <source>requests without failure</source>
        <translation>无失败的请求</translation>
    </message>
    <message>
        <source>availability</source>
        <translation>可用性</translation>
    </message>
    <message>
        <source>log-probabilities of the first token changed: mean difference %1, evidence %2 from %3 on</source>
        <translation>首 Token 的对数概率已改变：平均差 %1，自 %3 起证据为 %2</translation>
    </message>
    <message>
        <source>log-probabilities as before: mean difference %1, p %2</source>
        <translation>对数概率与之前相同：平均差 %1，p 值 %2</translation>
    </message>
    <message>
        <source>answers to border inputs changed: mean total variation %1 from the reference, since %2</source>
        <translation>对边界输入的回答已改变：与参考的平均全变差为 %1，自 %2 起</translation>
    </message>
    <message>
        <source>answers to border inputs as before: mean total variation %1, p %2</source>
        <translation>对边界输入的回答与之前相同：平均全变差 %1，p 值 %2</translation>
    </message>
    <message>
        <source>no text was counted the same each time that it was asked</source>
        <translation>没有任何文本在每次请求时的计数都相同</translation>
    </message>
    <message>
        <source>%1 of %2 texts have other token counts than before: &quot;%3&quot; had %4, now %5</source>
        <translation>%2 个文本中有 %1 个的 Token 计数与之前不同：“%3”原为 %4，现为 %5</translation>
    </message>
    <message>
        <source>token counts of %1 texts as before</source>
        <translation>%1 个文本的 Token 计数与之前相同</translation>
    </message>
    <message>
        <source>the time to the first token changed: median %1 s, since %2</source>
        <translation>首 Token 延迟已改变：中位数 %1 s，自 %2 起</translation>
    </message>
    <message>
        <source>time to the first token: median %1 s</source>
        <translation>首 Token 延迟：中位数 %1 s</translation>
    </message>
    <message>
        <source>recorded as part of the baseline</source>
        <translation>已记录为基线的一部分</translation>
    </message>
    <message>
        <source>No matrix in full precision is large enough to tell whether it was quantised before.</source>
        <translation>没有足够大的全精度矩阵可用于判断此前是否经过量化。</translation>
    </message>
    <message>
        <source>No matrix could be read to tell whether it was quantised before: %1</source>
        <translation>无法读取任何矩阵以判断此前是否经过量化：%1</translation>
    </message>
    <message>
        <source>The values of %1 of %2 matrices are those of weights that were never quantised (median %3 distinct values of 128).</source>
        <translation>%2 个矩阵中有 %1 个的数值属于从未量化的权重（每 128 个值中不同值的中位数为 %3）。</translation>
    </message>
    <message>
        <source>%1 of %2 matrices hold values that went through fp8 before they were stored in more bits (median %3 distinct values of 128, %4 of 128 x 128).</source>
        <translation>%2 个矩阵中有 %1 个的数值在以更多位数存储之前经过了 fp8（每 128 个值中不同值的中位数为 %3，每 128 x 128 个值中为 %4）。</translation>
    </message>
    <message>
        <source>%1 of %2 matrices hold values that went through %5 bits before they were stored in more (median %3 distinct values of 128, %4 of 128 x 128).</source>
        <translation>%2 个矩阵中有 %1 个的数值在以更多位数存储之前经过了 %5 位表示（每 128 个值中不同值的中位数为 %3，每 128 x 128 个值中为 %4）。</translation>
    </message>
    <message>
        <source>This model is published in fp8: converted to 16 bits it must look so.</source>
        <translation>该模型以 fp8 发布：转换为 16 位后必然如此。</translation>
    </message>
    <message>
        <source>A conversion that somebody declared elsewhere; the limits were measured on normally distributed weights and hold for families that were looked at.</source>
        <translation>他人在别处声明过的转换；这些界限是在正态分布的权重上测得的，适用于已考察的模型系列。</translation>
    </message>
    <message>
        <source>There are no weight matrices here.</source>
        <translation>此处没有权重矩阵。</translation>
    </message>
    <message>
        <source>Most weights are stored in %1 bits: %2.</source>
        <translation>大多数权重以 %1 位存储：%2。</translation>
    </message>
    <message>
        <source>A quantised edition that says so is no substitution; it is not the precision that is claimed.</source>
        <translation>如实标明的量化版不构成替换；但它不是所声明的精度。</translation>
    </message>
    <message>
        <source>Norms have a weight and no bias: RMSNorm (%1).</source>
        <translation>归一化层有权重、无偏置：RMSNorm（%1）。</translation>
    </message>
    <message>
        <source>Norms have a weight and a bias: LayerNorm (%1).</source>
        <translation>归一化层有权重、有偏置：LayerNorm（%1）。</translation>
    </message>
    <message>
        <source>There is a table of positions: learned ones (%1).</source>
        <translation>存在位置表：可学习的位置编码（%1）。</translation>
    </message>
    <message>
        <source>There is a table of distances: relative positions (%1).</source>
        <translation>存在距离表：相对位置编码（%1）。</translation>
    </message>
    <message>
        <source>Rotary positions: their frequencies are stored (%1).</source>
        <translation>旋转位置编码：其频率已存储（%1）。</translation>
    </message>
    <message>
        <source>There is no table of positions among the tensors: they are computed (rotary, ALiBi) or there are none.</source>
        <translation>张量中没有位置表：位置由计算得出（旋转、ALiBi），或没有位置编码。</translation>
    </message>
    <message>
        <source>The feed-forward part has a gate (%1).</source>
        <translation>前馈部分有门控（%1）。</translation>
    </message>
    <message>
        <source>The feed-forward part has no gate (%1).</source>
        <translation>前馈部分无门控（%1）。</translation>
    </message>
    <message>
        <source>Queries and keys are normalised (%1).</source>
        <translation>查询和键经过归一化（%1）。</translation>
    </message>
    <message>
        <source>Queries and keys have no norms of their own.</source>
        <translation>查询和键没有各自的归一化层。</translation>
    </message>
    <message>
        <source>Projections of the attention have biases (%1).</source>
        <translation>注意力的投影有偏置（%1）。</translation>
    </message>
    <message>
        <source>Projections of the attention have no biases (%1).</source>
        <translation>注意力的投影无偏置（%1）。</translation>
    </message>
    <message>
        <source>Projections of the feed-forward part have biases (%1).</source>
        <translation>前馈部分的投影有偏置（%1）。</translation>
    </message>
    <message>
        <source>Projections of the feed-forward part have no biases (%1).</source>
        <translation>前馈部分的投影无偏置（%1）。</translation>
    </message>
    <message>
        <source>The tensors show how it is built: %1</source>
        <translation>张量显示其构造方式：%1</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>Layer %1 has no weight of its own for: %2.</source>
        <translation>第 %1 层没有自己的以下权重：%2。</translation>
    </message>
    <message>
        <source>%1 does not have the shape that heads and hidden size ask for.</source>
        <translation>%1 的形状与注意力头和隐藏维度所要求的不符。</translation>
    </message>
    <message>
        <source>The number and size of the attention heads are not known.</source>
        <translation>注意力头的数量和大小未知。</translation>
    </message>
    <message>
        <source>Layer %1 has no gated feed-forward part with weights of its own.</source>
        <translation>第 %1 层没有带自身权重的门控前馈部分。</translation>
    </message>
    <message>
        <source>One of the models has no token embedding that could be used.</source>
        <translation>其中一个模型没有可用的 Token 嵌入。</translation>
    </message>
    <message>
        <source>The token embedding cannot be read: %1</source>
        <translation>无法读取 Token 嵌入：%1</translation>
    </message>
    <message>
        <source>Too few tokens have an embedding in both models.</source>
        <translation>在两个模型中都有嵌入的 Token 太少。</translation>
    </message>
    <message>
        <source>pairs of models that are known to be unrelated</source>
        <translation>已知无关的模型对</translation>
    </message>
    <message>
        <source>mismatched layers of the same two models</source>
        <translation>相同两个模型的错配层</translation>
    </message>
    <message>
        <source>the same matrices with permuted tokens, and those of other layers</source>
        <translation>Token 经置换的相同矩阵，以及其他层的矩阵</translation>
    </message>
    <message>
        <source>All %1 {1:tensor is|tensors are} those of %2, value by value.</source>
        <translation>全部 %1 个张量与 %2 的张量逐值相同。</translation>
    </message>
    <message>
        <source>The weights are those of %1, rounded to %2 bits (relative difference %3).</source>
        <translation>权重是 %1 的权重舍入到 %2 位的结果（相对差 %3）。</translation>
    </message>
    <message>
        <source>The weights are related to those of %1 and differ: one descends from the other, or both from the same. Cosine %2 over the layers (unrelated ones reach %3), relative difference %4, %5 of the values equal.</source>
        <translation>权重与 %1 的权重有亲缘关系但不相同：一方源自另一方，或两者同源。各层余弦为 %2（无关权重最高为 %3），相对差 %4，%5 的数值相等。</translation>
    </message>
    <message>
        <source>Layers %1 are related to those of %2; layers %3 are as far from them as unrelated ones.</source>
        <translation>第 %1 层与 %2 的对应层有亲缘关系；第 %3 层与之的距离和无关权重一样远。</translation>
    </message>
    <message>
        <source>No weight is where it is in %1 (cosine %2), yet products that permutations leave as they are agree (%3): the same weights in another order or basis.</source>
        <translation>没有权重处于其在 %1 中的位置（余弦 %2），但置换下保持不变的乘积一致（%3）：是相同的权重，只是顺序或基不同。</translation>
    </message>
    <message>
        <source>The weights are as far from those of %1 as unrelated ones: cosine %2 over the layers, unrelated ones reach %3.</source>
        <translation>权重与 %1 的权重的距离和无关权重一样远：各层余弦为 %2，无关权重最高为 %3。</translation>
    </message>
    <message>
        <source>The weights cannot be held against those of %1 name by name: %2 {2:tensor has|tensors have} another shape, %3 {3:is|are} only here, %4 only there.</source>
        <translation>无法按名称将权重与 %1 的权重逐一对照：%2 个张量形状不同，%3 个仅在此处存在，%4 个仅在对方存在。</translation>
    </message>
    <message>
        <source>Another revision of the same model; a difference that the name of the subject tells openly.</source>
        <translation>同一模型的另一修订版；被测对象的名称已公开说明的差异。</translation>
    </message>
    <message>
        <source>The reference is another model than the one that is meant.</source>
        <translation>参考与所指的并非同一个模型。</translation>
    </message>
    <message>
        <source>What unrelated weights reach was taken from %1 {1:value|values}: %2.</source>
        <translation>无关权重所能达到的值取自 %1 个数值：%2。</translation>
    </message>
    <message>
        <source>No invariant of the weights could be computed.</source>
        <translation>无法计算任何权重不变量。</translation>
    </message>
    <message>
        <source>Products of the last layers&apos; weights that permutations leave as they are agree with those of %1: correlation %2 over %3 tokens, unrelated ones reach %4.</source>
        <translation>末尾各层权重在置换下保持不变的乘积与 %1 的一致：%3 个 Token 上的相关系数为 %2，无关权重最高为 %4。</translation>
    </message>
    <message>
        <source>Products of the last layers&apos; weights that permutations leave as they are do not agree with those of %1: correlation %2 over %3 tokens, unrelated ones reach %4.</source>
        <translation>末尾各层权重在置换下保持不变的乘积与 %1 的不一致：%3 个 Token 上的相关系数为 %2，无关权重最高为 %4。</translation>
    </message>
    <message>
        <source>The token embeddings have a linear CKA of %1 with those of %2 over %3 tokens; permuted tokens reach %4. Models of one language are alike here without any relation.</source>
        <translation>Token 嵌入与 %2 的 Token 嵌入在 %3 个 Token 上的线性 CKA 为 %1；Token 置换后最高为 %4。同一语言的模型即使毫无关系，在此也会相似。</translation>
    </message>
    <message>
        <source>All %1 {1:weight file is|weight files are} equal to what %2 lists, byte for byte; none is missing, none is extra.</source>
        <translation>全部 %1 个权重文件与 %2 所列逐字节相同；无缺失，无多余。</translation>
    </message>
    <message>
        <source>There are no weight files here to hold against %1.</source>
        <translation>这里没有可与 %1 对照的权重文件。</translation>
    </message>
    <message>
        <source>%1 of %2 weight files differ from what %3 lists under their names: %4.</source>
        <translation>%2 个权重文件中有 %1 个与 %3 中同名条目不同：%4。</translation>
    </message>
    <message>
        <source>The list is of another revision, or the files were saved anew by a program that orders or converts tensors.</source>
        <translation>清单属于另一修订版，或文件由会重排或转换张量的程序重新保存过。</translation>
    </message>
    <message>
        <source>A download was damaged: fetching the files again shows it.</source>
        <translation>下载有损坏：重新获取文件即可看出。</translation>
    </message>
    <message>
        <source>%1 of %2 weight files could not be hashed: %3.</source>
        <translation>%2 个权重文件中有 %1 个无法计算哈希：%3。</translation>
    </message>
    <message>
        <source>%1 of %2 weight files are equal to what %3 lists; listed and not here: %4.</source>
        <translation>%2 个权重文件中有 %1 个与 %3 所列相同；已列出但此处没有：%4。</translation>
    </message>
    <message>
        <source>%1 of %2 weight files are equal to what %3 lists; here and not listed: %4.</source>
        <translation>%2 个权重文件中有 %1 个与 %3 所列相同；此处有但未列出：%4。</translation>
    </message>
    <message>
        <source>The weights were cut into other files or converted to another format.</source>
        <translation>权重被切分为其他文件，或转换成了其他格式。</translation>
    </message>
    <message>
        <source>Files beside the weights differ from what %1 lists: %2.</source>
        <translation>权重以外的文件与 %1 所列不同：%2。</translation>
    </message>
    <message>
        <source>Configs and templates are often edited by hand after a download; they decide what the weights are given to read.</source>
        <translation>配置和模板常在下载后被手工修改；它们决定权重读到的内容。</translation>
    </message>
    <message>
        <source>Layers %1 are those of %2, layers %3 those of %4: a model that was put together from both.</source>
        <translation>第 %1 层来自 %2，第 %3 层来自 %4：该模型由两者拼合而成。</translation>
    </message>
    <message>
        <source>Layers %1 are related to several references and clearly nearest to none of them: a mixture, or the references are near each other.</source>
        <translation>第 %1 层与多个参考有关联，但与任何一个都不是明显最近：属于混合，或这些参考彼此接近。</translation>
    </message>
    <message>
        <source>A layer has %1 routed {1:expert|experts} here and %2 in %3.</source>
        <translation>此处每层有 %1 个路由专家，%3 中为 %2 个。</translation>
    </message>
    <message>
        <source>There are %1 {1:layer|layers} here and %2 in %3.</source>
        <translation>此处有 %1 层，%3 中为 %2 层。</translation>
    </message>
    <message>
        <source>%1 {1:row is|rows are} all zero in %2 {2:matrix|matrices}: %3.</source>
        <translation>%2 个矩阵中有 %1 行全为零：%3。</translation>
    </message>
    <message>
        <source>The singular values of %1 outputs show no clear step: the hidden size cannot be told.</source>
        <translation>%1 个输出的奇异值没有明显的台阶：无法判断隐藏层大小。</translation>
    </message>
    <message>
        <source>The outputs have rank %1: a hidden size of %2 is incompatible with them.</source>
        <translation>输出的秩为 %1：隐藏层大小 %2 与之不相容。</translation>
    </message>
    <message>
        <source>More than %1 outputs of more than %1 tokens would be needed to tell the hidden size.</source>
        <translation>需要超过 %1 个输出（对应超过 %1 个 Token）才能判断隐藏层大小。</translation>
    </message>
    <message>
        <source>The outputs have rank %1, as a hidden size of %2 makes it.</source>
        <translation>输出的秩为 %1，与隐藏层大小 %2 相符。</translation>
    </message>
    <message>
        <source>An output head of lower rank than the hidden size, or outputs rounded before they were sent.</source>
        <translation>输出头的秩低于隐藏层大小，或输出在发送前经过舍入。</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>norms</source>
        <translation>归一化层</translation>
    </message>
    <message>
        <source>output head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>other weights</source>
        <translation>其他权重</translation>
    </message>
    <message>
        <source>asking</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>reading the answers with the reference</source>
        <translation>用参考读取回答</translation>
    </message>
    <message>
        <source>It was stopped before all was asked.</source>
        <translation>尚未问完即被停止。</translation>
    </message>
    <message>
        <source>The number of requests that it may make was reached before all was asked.</source>
        <translation>尚未问完，允许的请求数已用尽。</translation>
    </message>
    <message>
        <source>The limit of tokens was reached before all was asked.</source>
        <translation>尚未问完，已达到 Token 上限。</translation>
    </message>
    <message>
        <source>The spending cap was reached before all was asked.</source>
        <translation>尚未问完，已达到费用上限。</translation>
    </message>
    <message>
        <source>The limit of time was reached before all was asked.</source>
        <translation>尚未问完，已达到时间上限。</translation>
    </message>
    <message>
        <source>The endpoint takes no more requests now (429, 503), so the rest was not asked.</source>
        <translation>端点目前不再接受请求（429、503），其余部分未询问。</translation>
    </message>
    <message>
        <source>The endpoint does not answer any more, so the rest was not asked.</source>
        <translation>端点不再回答，其余部分未询问。</translation>
    </message>
    <message>
        <source>Answers could not be kept, so nothing more was asked.</source>
        <translation>回答无法保存，因此未再询问。</translation>
    </message>
    <message>
        <source>{1:%1 answer is|%1 answers are} of an earlier session that was broken off.</source>
        <translation>%1 个回答来自先前中断的会话。</translation>
    </message>
    <message>
        <source>{1:%1 request failed|%1 requests failed}: %2</source>
        <translation>%1 个请求失败：%2</translation>
    </message>
    <message>
        <source>The endpoint itself says that it is %1 (%2: %3)</source>
        <translation>端点自称为 %1（%2：%3）</translation>
    </message>
    <message>
        <source>An alias may have been left from another model.</source>
        <translation>可能是另一模型遗留的别名。</translation>
    </message>
    <message>
        <source>Asked for %1, %2 answers name %3</source>
        <translation>请求的是 %1，有 %2 个回答标称为 %3</translation>
    </message>
    <message>
        <source>The endpoint tells %1 %2, as %3 has it; what is told costs nothing to forge</source>
        <translation>端点告知的 %1 为 %2，与 %3 一致；自报内容可毫无代价地伪造</translation>
    </message>
    <message>
        <source>The endpoint tells %1 %2, which %3 does not have</source>
        <translation>端点告知的 %1 为 %2，与 %3 不一致</translation>
    </message>
    <message>
        <source>It serves a context of %1; a shorter one than the model&apos;s does not speak against the claim, hosts cap it</source>
        <translation>其提供的上下文长度为 %1；短于模型的上下文并不与声明相悖，托管方会设上限</translation>
    </message>
    <message>
        <source>Its answers show the serving software %1, which says nothing of the weights</source>
        <translation>其回答显示所用服务软件为 %1，这与权重无关</translation>
    </message>
    <message>
        <source>Answers carry the fingerprint %1: a mark of the serving software, not of the weights</source>
        <translation>回答带有指纹 %1：这是服务软件的标记，而非权重的标记</translation>
    </message>
    <message>
        <source>Answers carry the field %1, which no known server returns; it is no evidence</source>
        <translation>回答带有字段 %1，已知的服务器均不返回该字段；不构成证据</translation>
    </message>
    <message>
        <source>nothing could be asked: %1</source>
        <translation>无法询问：%1</translation>
    </message>
    <message>
        <source>agreed limits of %1 are not met: %2</source>
        <translation>%1 未满足约定的限值：%2</translation>
    </message>
    <message>
        <source>agreed limits of %1 are met again</source>
        <translation>%1 重新满足约定的限值</translation>
    </message>
    <message>
        <source>the clock went back from %1 to %2: nothing was checked</source>
        <translation>时钟从 %1 倒退到 %2：未做任何检查</translation>
    </message>
    <message>
        <source>the webhook took the alert</source>
        <translation>回调已接收告警</translation>
    </message>
    <message>
        <source>the webhook did not take the alert: %1</source>
        <translation>回调未接收告警：%1</translation>
    </message>
    <message>
        <source>the alert&apos;s command could not be started: %1</source>
        <translation>告警命令无法启动：%1</translation>
    </message>
    <message>
        <source>the alert&apos;s command took too long and was ended</source>
        <translation>告警命令耗时过长，已终止</translation>
    </message>
    <message>
        <source>the alert&apos;s command ended with %1</source>
        <translation>告警命令以 %1 结束</translation>
    </message>
    <message>
        <source>the alert&apos;s command took the alert</source>
        <translation>告警命令已接收告警</translation>
    </message>
    <message>
        <source>it was ended in the middle</source>
        <translation>中途被终止</translation>
    </message>
    <message>
        <source>the endpoint did not answer three times in a row: %1</source>
        <translation>端点连续三次未回答：%1</translation>
    </message>
    <message>
        <source>the endpoint tells no log-probabilities; border inputs need none</source>
        <translation>端点不提供对数概率；边界输入不需要它</translation>
    </message>
    <message>
        <source>only %1 of %2 calls told log-probabilities</source>
        <translation>%2 次调用中只有 %1 次提供了对数概率</translation>
    </message>
    <message>
        <source>the endpoint does not tell how many tokens a prompt has</source>
        <translation>端点不告知提示词的 Token 数</translation>
    </message>
    <message>
        <source>less than half of the calls were answered: %1</source>
        <translation>得到回答的调用不足一半：%1</translation>
    </message>
    <message>
        <source>only %1 of %2 prompts have more than one likely answer: there is nothing to watch the border of</source>
        <translation>%2 个提示词中只有 %1 个有多个可能的回答：没有可监视的边界</translation>
    </message>
    <message>
        <source>only %1 of %2 requests were answered: %3</source>
        <translation>%2 个请求中只有 %1 个得到回答：%3</translation>
    </message>
    <message>
        <source>%1 {1:line|lines} of the history cannot be read and {1:counts|count} for nothing</source>
        <translation>历史记录中有 %1 行无法读取，不计入</translation>
    </message>
    <message>
        <source>the baseline is missing and is made anew from the history</source>
        <translation>基线缺失，已根据历史记录重新建立</translation>
    </message>
    <message>
        <source>The endpoint refuses %1</source>
        <translation>端点拒绝 %1</translation>
    </message>
    <message>
        <source>Whether %1 is honoured stays open: there was no answer to judge it by</source>
        <translation>%1 是否生效尚无定论：没有可据以判断的回答</translation>
    </message>
    <message>
        <source>%1 answers at temperature 0 are the same</source>
        <translation>温度为 0 时的 %1 个回答相同</translation>
    </message>
    <message>
        <source>%1 answers at temperature 0 are %2 different ones: greedy comparisons need a tolerance for that</source>
        <translation>温度为 0 时的 %1 个回答有 %2 种不同：贪心解码比较需要为此留出容差</translation>
    </message>
    <message>
        <source>The same seed gave the same answer, another seed another one</source>
        <translation>相同种子得到相同回答，不同种子得到不同回答</translation>
    </message>
    <message>
        <source>The same seed gave two answers</source>
        <translation>相同种子得到两种回答</translation>
    </message>
    <message>
        <source>All seeds gave one answer, so whether the seed is honoured stays open</source>
        <translation>所有种子得到同一回答，因此种子是否生效尚无定论</translation>
    </message>
    <message>
        <source>An answer went on behind its stop text</source>
        <translation>有回答越过停止文本后仍在继续</translation>
    </message>
    <message>
        <source>An answer ended at its stop text</source>
        <translation>有回答在停止文本处结束</translation>
    </message>
    <message>
        <source>{1:%1 answer has|%1 answers have} more tokens than max_tokens allows</source>
        <translation>%1 个回答的 Token 数超过 max_tokens 的限制</translation>
    </message>
    <message>
        <source>All %1 counted answers kept to max_tokens</source>
        <translation>计数的全部 %1 个回答均未超过 max_tokens</translation>
    </message>
    <message>
        <source>A token that logit_bias favours came again and again</source>
        <translation>logit_bias 偏向的 Token 反复出现</translation>
    </message>
    <message>
        <source>A token that logit_bias favours did not come again and again</source>
        <translation>logit_bias 偏向的 Token 未反复出现</translation>
    </message>
    <message>
        <source>No tokenizer was read from %1: %2</source>
        <translation>未能从 %1 读取分词器：%2</translation>
    </message>
    <message>
        <source>The tokenizer in %1 cuts texts as no known family does, so it is not used</source>
        <translation>%1 中分词器的切分方式与任何已知系列都不同，因此未使用</translation>
    </message>
    <message>
        <source>Only %1 of %2 answers came: the tests are smaller than planned and do not decide</source>
        <translation>%2 个回答中只得到 %1 个：检验规模小于计划，不作判定</translation>
    </message>
    <message>
        <source>The subject stopped answering: %1</source>
        <translation>被测对象停止回答：%1</translation>
    </message>
    <message>
        <source>%1 of the bundle&apos;s %2 questions belong to suites that are not here, and were not asked</source>
        <translation>参考包的 %2 个问题中有 %1 个属于此处没有的套件，未询问</translation>
    </message>
    <message>
        <source>The reference could not read the answers: %1</source>
        <translation>参考无法读取回答：%1</translation>
    </message>
    <message>
        <source>It ended early: %1</source>
        <translation>提前结束：%1</translation>
    </message>
    <message>
        <source>The claim names no tokenizer that is known here, so counts could not be held against it.</source>
        <translation>声明未指明此处已知的分词器，因此无法与之对照计数。</translation>
    </message>
    <message>
        <source>The claimed model %1 is not among the known ones.</source>
        <translation>所声明的模型 %1 不在已知模型之列。</translation>
    </message>
    <message>
        <source>%1 is often taken for %2.</source>
        <translation>%1 常被误认为 %2。</translation>
    </message>
    <message>
        <source>asking %1</source>
        <translation>正在询问 %1</translation>
    </message>
    <message>
        <source>There are no weights here, so nothing was looked at in them.</source>
        <translation>这里没有权重，因此未查看权重。</translation>
    </message>
    <message>
        <source>distinct values</source>
        <translation>不同取值</translation>
    </message>
    <message>
        <source>weights beside the reference&apos;s</source>
        <translation>与参考的权重对照</translation>
    </message>
    <message>
        <source>calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>invariants</source>
        <translation>不变量</translation>
    </message>
    <message>
        <source>rows of zeros</source>
        <translation>全零行</translation>
    </message>
    <message>
        <source>weights beside another parent&apos;s</source>
        <translation>与另一父模型的权重对照</translation>
    </message>
    <message>
        <source>file hashes</source>
        <translation>文件哈希</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>从 %1 到 %2。</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>最多 %1。</translation>
    </message>
    <message>
        <source>At least %1.</source>
        <translation>至少 %1。</translation>
    </message>
    <message>
        <source>What rounds to it: %1 to %2.</source>
        <translation>四舍五入到该值的范围：%1 到 %2。</translation>
    </message>
    <message>
        <source>Exactly %1.</source>
        <translation>恰为 %1。</translation>
    </message>
    <message>
        <source>The same, yes or no.</source>
        <translation>相同的是或否。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no unit of this field; these are: %2.</source>
        <translation>“%1”不是此字段的单位；可用单位：%2。</translation>
    </message>
    <message>
        <source>Kept; arithmetic or answers may decide it.</source>
        <translation>予以保留；可由计算或回答来判定。</translation>
    </message>
    <message>
        <source>The same words, or others of the same meaning.</source>
        <translation>相同的词，或含义相同的其他词。</translation>
    </message>
    <message>
        <source>Entry %1 has a text that is too long to be read again.</source>
        <translation>第 %1 条的文本过长，无法再次读取。</translation>
    </message>
    <message>
        <source>A value for each of %1 versions.</source>
        <translation>%1 个版本各有一个值。</translation>
    </message>
    <message>
        <source>%1 and %2 {2:more claim|more claims}</source>
        <translation>%1 以及另外 %2 项声明</translation>
    </message>
    <message>
        <source>The subject is said to be %1, with %2.</source>
        <translation>被测对象据称为 %1，并声明 %2。</translation>
    </message>
    <message>
        <source>The sheet claims nothing yet.</source>
        <translation>声明表尚未声明任何内容。</translation>
    </message>
    <message>
        <source>The sheet names no known model; it claims: %1.</source>
        <translation>声明表未指明已知模型；它声明：%1。</translation>
    </message>
    <message>
        <source>The subject is said to be %1; nothing else is claimed.</source>
        <translation>被测对象据称为 %1；未声明其他内容。</translation>
    </message>
    <message>
        <source>Questions of %1 by %2, right by the reference and by the subject of those asked: %3</source>
        <translation>%2 的 %1 类问题，参考与被测对象答对数（以所问题数计）：%3</translation>
    </message>
    <message>
        <source>Of a service that sends some requests to %1 tokens at temperature 0 find a share of %2 or more in 8 of 10 cases</source>
        <translation>对于将部分请求发给 %1 的服务，温度 0 下的 Token 在十次中有八次能发现 %2 或更高的占比</translation>
    </message>
    <message>
        <source>To find one request in ten that %1 answers takes about %2 prompts at temperature 0</source>
        <translation>要发现十个请求中有一个由 %1 回答，约需 %2 个温度为 0 的提示词</translation>
    </message>
    <message>
        <source>Among answers of the reference those of the subject to %1 prompts have ranks that lie %2 from uniform ones (W^2). How likely each text is counts, not what it says</source>
        <translation>在参考的回答之中，被测对象对 %1 个提示词的回答，其秩与均匀分布相差 %2（W^2）。起作用的是各文本的可能性，而非其内容</translation>
    </message>
    <message>
        <source>At the first token of %1 prompts log-probabilities lie %2 nats from the reference&apos;s. Another honest server differs, too, and what comes after that token is not seen</source>
        <translation>在 %1 个提示词的首个 Token 处，对数概率与参考相差 %2 nat。另一台诚实的服务器也会有差异，且看不到该 Token 之后的内容</translation>
    </message>
    <message>
        <source>All of %1 requests, one by one, were counted as the claimed tokenizer counts: that another one counts more than %2 of them is excluded at 95 %</source>
        <translation>%1 个请求逐一计数，均与所声明的分词器一致：在 95 % 置信度下排除其中超过 %2 由其他分词器计数</translation>
    </message>
    <message>
        <source>%1 of %2 requests were counted otherwise than the claimed tokenizer counts, and not as one other that is known does</source>
        <translation>%2 个请求中有 %1 个的计数与所声明的分词器不同，也不同于任何其他已知分词器</translation>
    </message>
    <message>
        <source>%1 of %2 requests were counted as %3 counts, the others as the claimed tokenizer does</source>
        <translation>%2 个请求中有 %1 个按 %3 计数，其余与所声明的分词器一致</translation>
    </message>
    <message>
        <source>a gateway that counts with a tokenizer of its own, now and then</source>
        <translation>偶尔用自己的分词器计数的网关</translation>
    </message>
    <message>
        <source>Whether some requests go elsewhere: %1 would have been found with a probability of %2.</source>
        <translation>部分请求是否转往别处：%1 被发现的概率为 %2。</translation>
    </message>
    <message>
        <source>Full or distilled? As claimed, as far as these tests see: nothing contradicts it, and each of %1 {1:alternative|alternatives} that answers all requests would have been found with a probability of at least %2. That some requests go elsewhere is not excluded.</source>
        <translation>满血版还是蒸馏版？在这些检验所能看到的范围内与声明相符：没有与声明相悖之处，%1 个对所有请求都作答的备择中，每一个被发现的概率至少为 %2。不排除部分请求转往别处。</translation>
    </message>
    <message>
        <source>no change was found, but only %1 of %2 inputs still have two answers: others are looked for at the next check</source>
        <translation>未发现变化，但 %2 个输入中只有 %1 个仍有两种回答：下次检查时将寻找其他输入</translation>
    </message>
    <message>
        <source>Layers that do not belong together are as alike in the two models as layers can be (cosine %1), so cosines with %2 tell no relation.</source>
        <translation>两个模型中不相对应的层也达到层间可能的最高相似度（余弦 %1），因此与 %2 的余弦不能说明任何关系。</translation>
    </message>
    <message>
        <source>A question could not be answered by the endpoint, so the rest was not asked.</source>
        <translation>有一个问题端点无法回答，因此其余未再询问。</translation>
    </message>
    <message>
        <source>The reference&apos;s files hold no chat template: it reads prompts as they stand, while the endpoint puts its own around them, if it has one.</source>
        <translation>参考的文件不含对话模板：它直接读取提示词，而端点会套上自己的模板（若有）。</translation>
    </message>
    <message>
        <source>Nobody&apos;s signature of the reference %1 was checked.</source>
        <translation>没有核对任何人对参考 %1 的签名。</translation>
    </message>
    <message>
        <source>The key %1 vouches for the reference %2 (SHA-256 %3).</source>
        <translation>密钥 %1 为参考 %2（SHA-256 %3）作证。</translation>
    </message>
    <message>
        <source>The reference was recorded without a chat template: prompts stood before the model as they are, while the endpoint puts its own template around them, if it has one.</source>
        <translation>参考是在没有对话模板的情况下记录的：提示词直接交给模型，而端点会套上自己的模板（若有）。</translation>
    </message>
    <message>
        <source>It was stopped before all log-probabilities were asked.</source>
        <translation>在询问完所有对数概率之前被停止。</translation>
    </message>
    <message>
        <source>The endpoint gave no log-probabilities: %1</source>
        <translation>端点未给出对数概率：%1</translation>
    </message>
    <message>
        <source>The endpoint answers without log-probabilities, so their distance from the reference&apos;s is not known.</source>
        <translation>端点的回答不含对数概率，因此其与参考的距离未知。</translation>
    </message>
    <message>
        <source>The endpoint stopped telling log-probabilities: %1</source>
        <translation>端点不再给出对数概率：%1</translation>
    </message>
    <message>
        <source>asking log-probabilities</source>
        <translation>正在询问对数概率</translation>
    </message>
    <message>
        <source>a new baseline was asked for: %1</source>
        <translation>已要求新基线：%1</translation>
    </message>
    <message>
        <source>The recorded reference could not be kept: %1</source>
        <translation>记录的参考无法保存：%1</translation>
    </message>
    <message>
        <source>The reference was recorded for this run and is kept in %1, where --reference can take it from.</source>
        <translation>参考为本次运行所记录，保存在 %1，可由 --reference 取用。</translation>
    </message>
    <message>
        <source>The reference was recorded by an earlier run.</source>
        <translation>参考由先前的运行记录。</translation>
    </message>
    <message>
        <source>Log-probabilities and times were not asked: what may be spent is not enough for them.</source>
        <translation>未询问对数概率和时间：允许的开销不够。</translation>
    </message>
    <message>
        <source>timing</source>
        <translation>计时</translation>
    </message>
    <message>
        <source>%1 of %2 timed requests failed: %3</source>
        <translation>%2 个计时请求中有 %1 个失败：%3</translation>
    </message>
    <message>
        <source>Of %1 timed requests the endpoint does not tell how long the prompt was, or it came from a cache</source>
        <translation>%1 个计时请求中，端点未说明提示词的长度，或该提示词来自缓存</translation>
    </message>
    <message>
        <source>%1 timed streams came in pieces of several tokens: their gaps are no times between tokens</source>
        <translation>%1 个计时流以多个 Token 为一块到达：其间隔不是 Token 之间的时间</translation>
    </message>
    <message>
        <source>The reference&apos;s first token does not come later after longer prompts, so nothing is quicker than it</source>
        <translation>较长的提示词之后，参考的首 Token 并不更晚，因此没有比它更快之说</translation>
    </message>
    <message>
        <source>Margins of the tokens at temperature 0 beyond the reference&apos;s own: %1 %2 a token; others beside it, in nats: %3</source>
        <translation>温度 0 下的 Token 超出参考自身的边际：%1 每 Token %2；与之并列的其他对象（nat）：%3</translation>
    </message>
    <message>
        <source>Times were not asked: what may be spent is not enough for them.</source>
        <translation>未询问时间：允许的开销不够。</translation>
    </message>
    <message>
        <source>The publisher&apos;s own files may hold matrices of zeros: a manifest or a reference directory tells.</source>
        <translation>发布者自己的文件中可能有全零矩阵：清单或参考目录可以说明。</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>output folders of version 1: predictions and reviews</source>
        <translation>第 1 版的输出文件夹：predictions 和 reviews</translation>
    </message>
    <message>
        <source>example_model_solutions.jsonl, packed or not</source>
        <translation>example_model_solutions.jsonl，压缩与否均可</translation>
    </message>
    <message>
        <source>folders of runs: run_spec.json, scenario_state.json, per_instance_stats.json</source>
        <translation>运行文件夹：run_spec.json、scenario_state.json、per_instance_stats.json</translation>
    </message>
    <message>
        <source>logs, .eval or .json</source>
        <translation>日志，.eval 或 .json</translation>
    </message>
    <message>
        <source>results_*.json with details as JSON or JSON lines (Parquet must be converted)</source>
        <translation>results_*.json，附 JSON 或 JSON Lines 形式的 details（Parquet 须先转换）</translation>
    </message>
    <message>
        <source>results_*.json with samples_*.jsonl (--log_samples)</source>
        <translation>results_*.json，附 samples_*.jsonl（--log_samples）</translation>
    </message>
    <message>
        <source>output folders: predictions and results (--dump-eval-details)</source>
        <translation>输出文件夹：predictions 和 results（--dump-eval-details）</translation>
    </message>
</context>
<context>
    <name>LoadNote</name>
    <message>
        <source>%1 of the requests failed. They are in no latency.</source>
        <translation>%1 的请求失败。它们不计入任何延迟。</translation>
    </message>
    <message>
        <source>The server had %1 of the prompt tokens in its cache although every prompt was new: TTFT and throughput flatter it.</source>
        <translation>尽管每个提示都是新的，服务器仍在缓存中命中了 %1 的提示 Token：TTFT 和吞吐因此偏乐观。</translation>
    </message>
    <message>
        <source>%1 of the answers were reasoned for without showing it: only speeds over the whole answer are told for them.</source>
        <translation>%1 的回答有未显示的推理内容：对它们只给出整个回答的速度。</translation>
    </message>
    <message>
        <source>Requests were sent up to %1 later than due, %2 of an answer&apos;s time: look at the times from the schedule.</source>
        <translation>请求的发送最多比预定时刻晚 %1，为一个回答用时的 %2：请看从计划时刻起的时间。</translation>
    </message>
    <message>
        <source>%1 of the answers ended before the asked length: compare times per token, not of whole answers.</source>
        <translation>%1 的回答未达到要求的长度就已结束：请比较每 Token 的时间，而不是整个回答的时间。</translation>
    </message>
    <message>
        <source>A read brought %1 tokens on average: a gap is not the time of one token.</source>
        <translation>一次读取平均得到 %1 个 Token：间隔不是一个 Token 的时间。</translation>
    </message>
    <message>
        <source>The server told no count of tokens, and no tokenizer was at hand: pieces of the stream were counted as tokens.</source>
        <translation>服务器没有给出 Token 计数，手头也没有分词器：以流的片段数作为 Token 数。</translation>
    </message>
    <message>
        <source>%1 {1:answer is|answers are} too few for the percentile %3, which takes %2.</source>
        <translation>%1 个回答不足以给出第 %3 百分位数，至少需要 %2 个。</translation>
    </message>
    <message>
        <source>%1 {1:request was|requests were} sent again after a failure, %2 with success: counted as failed all the same.</source>
        <translation>%1 个请求失败后重新发送，其中 %2 个成功：仍计为失败。</translation>
    </message>
    <message>
        <source>The first %1 {1:request|requests} after the warm-up came before the server had settled and were left out.</source>
        <translation>预热之后的前 %1 个请求在服务器稳定之前到来，已排除。</translation>
    </message>
    <message>
        <source>Spot check: one session. Servers vary by the hour; measure again at other times of the day.</source>
        <translation>抽查：仅一次会话。服务器的表现随时段变化；请在一天中的其他时间再次测量。</translation>
    </message>
    <message>
        <source>The client was not tested on this machine yet: assay bench --self-test tells how exact its times are.</source>
        <translation>尚未在此机器上测试客户端：assay bench --self-test 可给出其计时的精确程度。</translation>
    </message>
    <message>
        <source>%1 chunks a second came; the self-test proved the client on this machine up to %2. Times may be off.</source>
        <translation>每秒收到 %1 个数据块；自检只证明此机器上的客户端可达 %2。时间可能不准。</translation>
    </message>
    <message>
        <source>Requests were not sent for long enough after the first answer: there was no steady load that a throughput could be told of.</source>
        <translation>首个回答之后，请求的发送持续得不够久：没有可以给出吞吐的稳定负载。</translation>
    </message>
    <message>
        <source>The client&apos;s own part in the times: 99 of 100 moments are off by no more than %1 (self-test with %2 chunks a second).</source>
        <translation>时间中客户端自身的误差：100 个时刻中有 99 个偏差不超过 %1（自检，每秒 %2 个数据块）。</translation>
    </message>
    <message>
        <source>%1 sessions over %2: figures are medians over the sessions, their intervals hold for sessions; charts of single requests show the newest one.</source>
        <translation>%2 内的 %1 次会话：数值为各会话的中位数，其区间针对会话；单个请求的图显示最新一次。</translation>
    </message>
</context>
<context>
    <name>Machine</name>
    <message>
        <source>memory read %1</source>
        <translation>内存读取 %1</translation>
    </message>
    <message>
        <source>%1 in %2 of %3 {3:run|runs}</source>
        <translation>%1：%3 次中的 %2 次</translation>
    </message>
</context>
<context>
    <name>Machines</name>
    <message>
        <source>a machine&apos;s name has no blank, slash or colon, and is not &quot;%1&quot;</source>
        <translation>机器名称不得含空格、斜杠或冒号，也不得为“%1”</translation>
    </message>
    <message>
        <source>a machine needs the command that leads to it, for example ssh HOST</source>
        <translation>机器需要一条到达它的命令，例如 ssh HOST</translation>
    </message>
    <message>
        <source>clock %1 GHz %2</source>
        <translation>时钟 %1 GHz %2</translation>
    </message>
    <message>
        <source>%1 °C</source>
        <translation>%1 °C</translation>
    </message>
    <message>
        <source>load average %1</source>
        <translation>平均负载 %1</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未测量</translation>
    </message>
</context>
<context>
    <name>Memory</name>
    <message>
        <source>%1 of one %2 (%3 of its memory)</source>
        <translation>单个 %2 的 %1（其内存的 %3）</translation>
    </message>
    <message>
        <source>%1 of one %2</source>
        <translation>单个 %2 的 %1</translation>
    </message>
    <message>
        <source>upper end</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>lower end</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>, within the estimate</source>
        <translation>，在估计之内</translation>
    </message>
    <message>
        <source>, the estimate is off by %1</source>
        <translation>，估计偏差 %1</translation>
    </message>
    <message>
        <source>Needs about %1 with %2 {2:token|tokens} of context.</source>
        <translation>上下文 %2 Token 时约需 %1。</translation>
    </message>
    <message>
        <source>Needs about %1; how much memory %2 has is the machine&apos;s matter.</source>
        <translation>约需 %1；%2 有多少内存取决于机器。</translation>
    </message>
    <message>
        <source>Fits %1: %2 of %3.</source>
        <translation>能装入 %1：%2/%3。</translation>
    </message>
    <message>
        <source>Does not fit %1: %2 of %3.</source>
        <translation>装不进 %1：%2/%3。</translation>
    </message>
    <message>
        <source>Does not fit %1: each needs %2 and may use %3.</source>
        <translation>装不进 %1：每个需要 %2，可用 %3。</translation>
    </message>
    <message>
        <source>May fit %1, up to %2 {2:token|tokens} of context at best.</source>
        <translation>可能装入 %1，最好时上下文可达 %2 Token。</translation>
    </message>
    <message>
        <source>Fits %1 at any context.</source>
        <translation>任何上下文都能装入 %1。</translation>
    </message>
    <message>
        <source>Fits %1 up to %2 {2:token|tokens} of context (%3 at best).</source>
        <translation>上下文不超过 %2 Token 时能装入 %1（最好时 %3）。</translation>
    </message>
    <message>
        <source> The model itself was made for %1.</source>
        <translation>模型本身的上下文为 %1。</translation>
    </message>
    <message>
        <source> The weights are not there: they are not in the sum.</source>
        <translation>权重不在：合计中不含权重。</translation>
    </message>
    <message>
        <source>Memory of each device</source>
        <translation>每个设备的内存</translation>
    </message>
    <message>
        <source>%1, %2 {2:token|tokens}, batch %3; an estimate</source>
        <translation>%1，%2 Token，批大小 %3；估计值</translation>
    </message>
    <message>
        <source>memory (GiB)</source>
        <translation>内存（GiB）</translation>
    </message>
    <message>
        <source>Weights and cache are divided evenly among %1 devices; workspace and runtime are on each.</source>
        <translation>权重和缓存平均分到 %1 个设备；工作区和运行时每个设备各有一份。</translation>
    </message>
    <message>
        <source>Memory over context</source>
        <translation>内存随上下文变化</translation>
    </message>
    <message>
        <source>each device, batch %1; an estimate</source>
        <translation>每个设备，批大小 %1；估计值</translation>
    </message>
    <message>
        <source>context (tokens)</source>
        <translation>上下文（Token）</translation>
    </message>
    <message>
        <source>What grows with the context is not known of this model.</source>
        <translation>不清楚该模型有什么随上下文增长。</translation>
    </message>
    <message>
        <source>fits up to %1</source>
        <translation>可达 %1</translation>
    </message>
    <message>
        <source>Measured: peak of tensors in Assay&apos;s engine, without the runtime&apos;s own share.</source>
        <translation>实测：Assay 引擎中张量的峰值，不含运行时自身。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Multi-token prediction</source>
        <translation>多 Token 预测</translation>
    </message>
    <message>
        <source>%1 {1:parameter|parameters} as stored, scales included</source>
        <translation>%1 参数按存储形式计，含缩放因子</translation>
    </message>
    <message>
        <source>%1 parameters: matrices at %2 bits with scales, embedding, head and vectors at %3</source>
        <translation>%1 参数：矩阵含缩放因子 %2 位，嵌入、输出头和向量 %3 位</translation>
    </message>
    <message>
        <source>%1 parameters: matrices at %2 bits with scales, vectors at %3</source>
        <translation>%1 参数：矩阵含缩放因子 %2 位，向量 %3 位</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>the model keeps no cache, or its layers are not known</source>
        <translation>模型没有缓存，或其层未知</translation>
    </message>
    <message>
        <source>more than can be counted</source>
        <translation>多得无法计数</translation>
    </message>
    <message>
        <source>%1 numbers a token (latent attention, every head&apos;s) x %2 tokens x batch %3 x %4 bytes</source>
        <translation>每 Token %1 个数（潜在注意力，每个头） × %2 Token × 批大小 %3 × %4 字节</translation>
    </message>
    <message>
        <source>%1 numbers a token (latent attention, compressed) x %2 tokens x batch %3 x %4 bytes</source>
        <translation>每 Token %1 个数（潜在注意力，压缩） × %2 Token × 批大小 %3 × %4 字节</translation>
    </message>
    <message>
        <source>%1 {1:number|numbers} a token x %2 {2:token|tokens} x batch %3 x %4 {4:byte|bytes}</source>
        <translation>每 Token %1 个数 × %2 Token × 批大小 %3 × %4 字节</translation>
    </message>
    <message>
        <source>; %1 {1:layer keeps|layers keep} %2 {2:token|tokens}</source>
        <translation>；%1 层保留 %2 Token</translation>
    </message>
    <message>
        <source>; %1 {1:layer keeps|layers keep} a state that does not grow</source>
        <translation>；%1 层保留不增长的状态</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>activations of %1 {1:token|tokens} %2</source>
        <translation>%1 Token 的激活 %2</translation>
    </message>
    <message>
        <source> + logits %1</source>
        <translation> + logits %1</translation>
    </message>
    <message>
        <source> + scores of %1 {1:head|heads} x %2 x %3 tokens, %4 {4:copy|copies}: up to %5</source>
        <translation> + %1 头 × %2 × %3 Token 的分数，%4 份：最多 %5</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>the program itself is not counted on such a machine</source>
        <translation>在这类机器上不计程序本身</translation>
    </message>
    <message>
        <source>context, kernels and libraries of %1, on each device</source>
        <translation>%1 的上下文、内核和库，每个设备各一份</translation>
    </message>
    <message>
        <source>(%1 of weights + %2 of cache) / (%3 x %4 GB/s)</source>
        <translation>（权重 %1 + 缓存 %2）/（%3 × %4 GB/s）</translation>
    </message>
    <message>
        <source>; a batch of %1 touches %2 of the experts</source>
        <translation>；批大小 %1 会用到 %2 的专家</translation>
    </message>
    <message>
        <source>%1 GiB told by the driver (%2)</source>
        <translation>驱动报告 %1 GiB（%2）</translation>
    </message>
    <message>
        <source>%1 GiB told by the driver</source>
        <translation>驱动报告 %1 GiB</translation>
    </message>
    <message>
        <source>%1 GB advertised, read as 10^9 bytes each</source>
        <translation>标称 %1 GB，按每 GB 为 10^9 字节计</translation>
    </message>
    <message>
        <source>KV cache and workspace, measured</source>
        <translation>KV 缓存与工作区，实测</translation>
    </message>
    <message>
        <source>Held by the allocator beyond its tensors</source>
        <translation>分配器在张量之外占有</translation>
    </message>
    <message>
        <source>The worker&apos;s process beyond that</source>
        <translation>工作进程另外占用</translation>
    </message>
    <message>
        <source>Rise of the device&apos;s use beyond that</source>
        <translation>设备占用的其余增量</translation>
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
        <source>Time to first token (TTFT)</source>
        <translation>首 Token 延迟（TTFT）</translation>
    </message>
    <message>
        <source>Time per output token (TPOT)</source>
        <translation>每 Token 延迟（TPOT）</translation>
    </message>
    <message>
        <source>End-to-end time (E2E)</source>
        <translation>端到端时间（E2E）</translation>
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
        <source>Output throughput</source>
        <translation>输出吞吐</translation>
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
    <message>
        <source>Time from the request to load the model until it can take an input; median over the loads with the weight files in the page cache (over all loads when none was cached).</source>
        <translation>从请求加载模型到可以接受输入的时间；取权重文件已在页缓存中的各次加载的中位数（若均未缓存则取所有加载）。</translation>
    </message>
    <message>
        <source>Time per pass</source>
        <translation>每次前向通过用时</translation>
    </message>
    <message>
        <source>Of a model that generates nothing: time from handing over the batch until its output is known; median over the counted runs.</source>
        <translation>针对不生成内容的模型：从交付批次到得到输出的时间；取计入运行的中位数。</translation>
    </message>
    <message>
        <source>Time per pass, p95</source>
        <translation>每次前向通过用时，p95</translation>
    </message>
    <message>
        <source>95th percentile of the time per pass over the counted runs; printed from 59 runs on.</source>
        <translation>计入运行中每次前向通过用时的第 95 百分位；运行达到 59 次起给出。</translation>
    </message>
    <message>
        <source>Inputs per second</source>
        <translation>每秒输入数</translation>
    </message>
    <message>
        <source>Of a model that generates nothing: inputs of the whole batch / time per pass; median over the counted runs.</source>
        <translation>针对不生成内容的模型：整个批次的输入数 / 每次前向通过用时；取计入运行的中位数。</translation>
    </message>
    <message>
        <source>Input tokens per second</source>
        <translation>每秒输入 Token 数</translation>
    </message>
    <message>
        <source>Of a model that reads tokens and generates none: tokens of the whole batch / time per pass; median over the counted runs.</source>
        <translation>针对读取 Token 而不生成 Token 的模型：整个批次的 Token 数 / 每次前向通过用时；取计入运行的中位数。</translation>
    </message>
    <message>
        <source>Predicted before</source>
        <translation>事前预测</translation>
    </message>
    <message>
        <source>Peak of tensor memory as it was predicted before the run: weights as they are kept, KV cache of this load, workspace of the prefill.</source>
        <translation>运行前预测的张量内存峰值：保存形式的权重、此次加载的 KV 缓存、预填充的工作区。</translation>
    </message>
    <message>
        <source>Prediction against measurement</source>
        <translation>预测与实测之比</translation>
    </message>
    <message>
        <source>Predicted peak / measured peak of tensor memory - 1: above 0 where more was predicted than was taken.</source>
        <translation>张量内存的预测峰值 / 实测峰值 - 1：大于 0 表示预测多于实际占用。</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Cost of a request</source>
        <translation>单个请求的费用</translation>
    </message>
    <message>
        <source>Endpoints: by the plan&apos;s prices and the server&apos;s counts, what it had cached at the price for that; median over the counted requests.</source>
        <translation>端点：按计划中的价格和服务器的计数，命中缓存的部分按缓存价格计；取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>Cost of a million output tokens</source>
        <translation>每百万输出 Token 的费用</translation>
    </message>
    <message>
        <source>Endpoints: cost of everything that was answered or begun after the warm-up, prompts, failed answers and retries included / output tokens of the good answers, times a million.</source>
        <translation>端点：预热之后已回答或已开始的全部内容的费用，包含提示、失败的应答和重试 / 成功回答的输出 Token 数，再乘以一百万。</translation>
    </message>
    <message>
        <source>Cost of the measurement</source>
        <translation>测量的费用</translation>
    </message>
    <message>
        <source>Endpoints: cost of all requests under this load, warm-up included.</source>
        <translation>端点：此负载下全部请求的费用，包含预热。</translation>
    </message>
    <message>
        <source>Time from handing over the prompt until the first output token of the batch is known; of an endpoint from sending the request until the first generated text was read, whether answer, reasoning or tool call. Median over the counted runs.</source>
        <translation>从交付提示到得到该批首个输出 Token 的时间；对端点为从发送请求到读到首个生成文本的时间，不论是回答、推理内容还是工具调用。取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>TTFT, p95</source>
        <translation>TTFT，p95</translation>
    </message>
    <message>
        <source>Endpoints: 95th percentile of TTFT; printed from 59 answered requests on.</source>
        <translation>端点：TTFT 的第 95 百分位数；成功请求达到 59 个才给出。</translation>
    </message>
    <message>
        <source>TTFT, p99</source>
        <translation>TTFT，p99</translation>
    </message>
    <message>
        <source>Endpoints: 99th percentile of TTFT; printed from 299 answered requests on.</source>
        <translation>端点：TTFT 的第 99 百分位数；成功请求达到 299 个才给出。</translation>
    </message>
    <message>
        <source>Time to first answer (TTFA)</source>
        <translation>首个回答延迟（TTFA）</translation>
    </message>
    <message>
        <source>Endpoints: time from sending the request until the first text of the answer itself was read, reasoning left out; equal to TTFT where there is none. Median over the counted requests.</source>
        <translation>端点：从发送请求到读到回答本身首个文本的时间，不计推理内容；没有推理内容时等于 TTFT。取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>TTFA, p95</source>
        <translation>TTFA，p95</translation>
    </message>
    <message>
        <source>Endpoints: 95th percentile of TTFA; printed from 59 answered requests on.</source>
        <translation>端点：TTFA 的第 95 百分位数；成功请求达到 59 个才给出。</translation>
    </message>
    <message>
        <source>(time of the last token - time of the first token) / (output tokens - 1) of one run; of an endpoint / (output tokens - tokens of the first read), since one read may bring several; absent where reasoning was counted but not shown. Median over the counted runs.</source>
        <translation>单次运行的（末个 Token 的时刻 - 首个 Token 的时刻）/（输出 Token 数 - 1）；对端点除以（输出 Token 数 - 首次读取的 Token 数），因为一次读取可能带来多个；推理内容只计数而未显示时不给出。取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>TPOT, p95</source>
        <translation>TPOT，p95</translation>
    </message>
    <message>
        <source>Endpoints: 95th percentile of TPOT over requests; printed from 59 answered requests on.</source>
        <translation>端点：各请求 TPOT 的第 95 百分位数；成功请求达到 59 个才给出。</translation>
    </message>
    <message>
        <source>TPOT, p99</source>
        <translation>TPOT，p99</translation>
    </message>
    <message>
        <source>Endpoints: 99th percentile of TPOT over requests; printed from 299 answered requests on.</source>
        <translation>端点：各请求 TPOT 的第 99 百分位数；成功请求达到 299 个才给出。</translation>
    </message>
    <message>
        <source>Longest gap of an answer</source>
        <translation>单个回答的最长间隔</translation>
    </message>
    <message>
        <source>Endpoints: the longest time that an answer stood still once it had begun; median over the counted requests.</source>
        <translation>端点：回答开始之后停滞的最长时间；取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>Longest gap of an answer, p95</source>
        <translation>单个回答的最长间隔，p95</translation>
    </message>
    <message>
        <source>Endpoints: 95th percentile of the longest gaps; printed from 59 answered requests on.</source>
        <translation>端点：最长间隔的第 95 百分位数；成功请求达到 59 个才给出。</translation>
    </message>
    <message>
        <source>Longest gap of an answer, p99</source>
        <translation>单个回答的最长间隔，p99</translation>
    </message>
    <message>
        <source>Endpoints: 99th percentile of the longest gaps; printed from 299 answered requests on.</source>
        <translation>端点：最长间隔的第 99 百分位数；成功请求达到 299 个才给出。</translation>
    </message>
    <message>
        <source>Time from handing over the prompt, of an endpoint from sending the request, until the last output token; median over the counted runs.</source>
        <translation>从交付提示（端点为发送请求）到最后一个输出 Token 的时间；取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>E2E, p95</source>
        <translation>E2E，p95</translation>
    </message>
    <message>
        <source>Endpoints: 95th percentile of E2E; printed from 59 answered requests on.</source>
        <translation>端点：E2E 的第 95 百分位数；成功请求达到 59 个才给出。</translation>
    </message>
    <message>
        <source>E2E, p99</source>
        <translation>E2E，p99</translation>
    </message>
    <message>
        <source>Endpoints: 99th percentile of E2E; printed from 299 answered requests on.</source>
        <translation>端点：E2E 的第 99 百分位数；成功请求达到 299 个才给出。</translation>
    </message>
    <message>
        <source>TTFT from the schedule</source>
        <translation>从计划时刻起的 TTFT</translation>
    </message>
    <message>
        <source>Endpoints: as TTFT, but from the moment that the request was to be sent, so that waiting to be sent is in it; median over the counted requests.</source>
        <translation>端点：同 TTFT，但从请求应当发送的时刻算起，因此包含等待发送的时间；取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>TTFT from the schedule, p95</source>
        <translation>从计划时刻起的 TTFT，p95</translation>
    </message>
    <message>
        <source>Endpoints: 95th percentile of TTFT from the schedule; printed from 59 answered requests on.</source>
        <translation>端点：从计划时刻起的 TTFT 的第 95 百分位数；成功请求达到 59 个才给出。</translation>
    </message>
    <message>
        <source>TTFT from the schedule, p99</source>
        <translation>从计划时刻起的 TTFT，p99</translation>
    </message>
    <message>
        <source>Endpoints: 99th percentile of TTFT from the schedule; printed from 299 answered requests on.</source>
        <translation>端点：从计划时刻起的 TTFT 的第 99 百分位数；成功请求达到 299 个才给出。</translation>
    </message>
    <message>
        <source>E2E from the schedule</source>
        <translation>从计划时刻起的 E2E</translation>
    </message>
    <message>
        <source>Endpoints: as E2E, but from the moment that the request was to be sent; median over the counted requests.</source>
        <translation>端点：同 E2E，但从请求应当发送的时刻算起；取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>E2E from the schedule, p95</source>
        <translation>从计划时刻起的 E2E，p95</translation>
    </message>
    <message>
        <source>Endpoints: 95th percentile of E2E from the schedule; printed from 59 answered requests on.</source>
        <translation>端点：从计划时刻起的 E2E 的第 95 百分位数；成功请求达到 59 个才给出。</translation>
    </message>
    <message>
        <source>E2E from the schedule, p99</source>
        <translation>从计划时刻起的 E2E，p99</translation>
    </message>
    <message>
        <source>Endpoints: 99th percentile of E2E from the schedule; printed from 299 answered requests on.</source>
        <translation>端点：从计划时刻起的 E2E 的第 99 百分位数；成功请求达到 299 个才给出。</translation>
    </message>
    <message>
        <source>Wait until sent</source>
        <translation>等待发送的时间</translation>
    </message>
    <message>
        <source>Endpoints: from the moment that a request was to be sent until it was; median over the counted requests.</source>
        <translation>端点：从请求应当发送的时刻到实际发送的时间；取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>Wait until sent, p95</source>
        <translation>等待发送的时间，p95</translation>
    </message>
    <message>
        <source>Endpoints: 95th percentile of the wait; printed from 59 answered requests on.</source>
        <translation>端点：等待时间的第 95 百分位数；成功请求达到 59 个才给出。</translation>
    </message>
    <message>
        <source>Wait until sent, p99</source>
        <translation>等待发送的时间，p99</translation>
    </message>
    <message>
        <source>Endpoints: 99th percentile of the wait; printed from 299 answered requests on.</source>
        <translation>端点：等待时间的第 99 百分位数；成功请求达到 299 个才给出。</translation>
    </message>
    <message>
        <source>cold prompts</source>
        <translation>冷提示</translation>
    </message>
    <message>
        <source>warm prompts</source>
        <translation>热提示</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Counted requests</source>
        <translation>计入的请求数</translation>
    </message>
    <message>
        <source>Endpoints: requests after the warm-up, each once however often it was tried; those cancelled from here are left out.</source>
        <translation>端点：预热之后的请求，不论尝试多少次都只计一次；由本端取消的不计。</translation>
    </message>
    <message>
        <source>Failed requests</source>
        <translation>失败的请求</translation>
    </message>
    <message>
        <source>Endpoints: share of the counted requests whose first try gave no usable answer: no connection, an error status, an error within the answer, a cut or empty one. They are in no latency.</source>
        <translation>端点：计入的请求中首次尝试没有得到可用应答的占比：没有连接、错误状态、应答中含错误、应答被截断或为空。它们不计入任何延迟。</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试次数</translation>
    </message>
    <message>
        <source>Endpoints: further tries of requests that had failed. They are in no latency and in no goodput.</source>
        <translation>端点：对失败请求的再次尝试。它们不计入任何延迟和有效吞吐。</translation>
    </message>
    <message>
        <source>Answered by a retry</source>
        <translation>经重试得到回答</translation>
    </message>
    <message>
        <source>Endpoints: requests that failed at first and were answered by a retry.</source>
        <translation>端点：起初失败、经重试得到回答的请求。</translation>
    </message>
    <message>
        <source>Cancelled from here</source>
        <translation>由本端取消</translation>
    </message>
    <message>
        <source>Endpoints: requests that the user or a limit of the plan ended; neither good nor failed.</source>
        <translation>端点：由用户或计划的上限结束的请求；既不算达标也不算失败。</translation>
    </message>
    <message>
        <source>Left out as not settled</source>
        <translation>因未稳定而排除</translation>
    </message>
    <message>
        <source>Endpoints: requests after the warm-up that were answered before the running median of TPOT came to its later level. They are kept, but not counted.</source>
        <translation>端点：预热之后、TPOT 的滑动中位数达到其后来的水平之前得到回答的请求。保留但不计入。</translation>
    </message>
    <message>
        <source>Concurrency offered</source>
        <translation>设定的并发数</translation>
    </message>
    <message>
        <source>Endpoints, closed loop: requests that are kept in flight.</source>
        <translation>端点，闭环：保持在途的请求数。</translation>
    </message>
    <message>
        <source>Concurrency achieved</source>
        <translation>实际的并发数</translation>
    </message>
    <message>
        <source>Endpoints: requests in flight by time (Little&apos;s law: the sum of their times / the time), while the load was steady, else over the whole level.</source>
        <translation>端点：按时间平均的在途请求数（利特尔法则：各请求时间之和 / 时间），取负载稳定期间，否则取整个档位。</translation>
    </message>
    <message>
        <source>Concurrency, peak</source>
        <translation>并发数，峰值</translation>
    </message>
    <message>
        <source>Endpoints: most requests in flight at one moment, exact, by a sweep over all beginnings and ends.</source>
        <translation>端点：同一时刻在途请求的最大数目，精确值，由扫描全部开始和结束时刻得出。</translation>
    </message>
    <message>
        <source>Arrivals per second</source>
        <translation>每秒到达数</translation>
    </message>
    <message>
        <source>Endpoints, open loop: counted requests per second by the schedule, whenever they could be sent.</source>
        <translation>端点，开环：按计划每秒的计入请求数，不论何时得以发送。</translation>
    </message>
    <message>
        <source>Prompt tokens by the server</source>
        <translation>服务器计的提示 Token 数</translation>
    </message>
    <message>
        <source>Endpoints: prompt tokens as the server counts them, chat template included; median over the counted requests.</source>
        <translation>端点：服务器所计的提示 Token 数，包含对话模板；取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>Prompt tokens, server&apos;s less ours</source>
        <translation>提示 Token 数，服务器减本端</translation>
    </message>
    <message>
        <source>Endpoints: how many more prompt tokens the server counts than were asked for: its chat template, another tokenizer; median over the counted requests.</source>
        <translation>端点：服务器所计的提示 Token 比要求的多多少：源于其对话模板或不同的分词器；取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>Prompt tokens from a cache</source>
        <translation>来自缓存的提示 Token</translation>
    </message>
    <message>
        <source>Endpoints: share of the prompt tokens that the server says it had in its cache. Above 0 with cold prompts, TTFT and throughput are better than the model&apos;s own.</source>
        <translation>端点：服务器称已在其缓存中的提示 Token 的占比。使用冷提示时若大于 0，TTFT 和吞吐会好于模型自身的水平。</translation>
    </message>
    <message>
        <source>Output tokens of an answer</source>
        <translation>单个回答的输出 Token 数</translation>
    </message>
    <message>
        <source>Endpoints: output tokens, reasoning included, by the server&apos;s count, else by the sum of its counts for pieces, else by a local tokenizer, else pieces; median over the counted requests.</source>
        <translation>端点：输出 Token 数，包含推理内容；按服务器的计数，否则按其各片段计数之和，否则按本地分词器，否则按片段数；取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>Answers that ended early</source>
        <translation>提前结束的回答</translation>
    </message>
    <message>
        <source>Endpoints: share of the counted answers with fewer tokens than were asked for. Above 0, compare times per token: E2E and answers per second are of shorter answers.</source>
        <translation>端点：计入的回答中 Token 数少于要求的占比。大于 0 时请比较每 Token 的时间：E2E 和每秒回答数来自较短的回答。</translation>
    </message>
    <message>
        <source>Answers with hidden reasoning</source>
        <translation>推理内容隐藏的回答</translation>
    </message>
    <message>
        <source>Endpoints: share of the counted answers whose reasoning tokens were counted by the server but not shown. Their TPOT cannot be known.</source>
        <translation>端点：计入的回答中，推理 Token 由服务器计数但未显示的占比。其 TPOT 无法得知。</translation>
    </message>
    <message>
        <source>Tokens per read</source>
        <translation>每次读取的 Token 数</translation>
    </message>
    <message>
        <source>Endpoints: output tokens / reads that brought text. Above some 1.05 a gap is the time of several tokens, not of one.</source>
        <translation>端点：输出 Token 数 / 带来文本的读取次数。大于约 1.05 时，间隔是多个 Token 而非一个 Token 的时间。</translation>
    </message>
    <message>
        <source>Share of the machine</source>
        <translation>机器能力的利用率</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>能耗</translation>
    </message>
    <message>
        <source>Load time, cold</source>
        <translation>加载时间，冷</translation>
    </message>
    <message>
        <source>The same with the weight files out of the page cache, which the system confirmed (mincore); median over the cold loads.</source>
        <translation>同上，但权重文件不在页缓存中，且已由系统确认（mincore）；取各次冷加载的中位数。</translation>
    </message>
    <message>
        <source>Memory bandwidth used (MBU)</source>
        <translation>显存/内存带宽利用率（MBU）</translation>
    </message>
    <message>
        <source>Bytes that a decode step has to read (weights, of experts those that are hit, keys and values) / TPOT / read bandwidth measured on this machine before the run; median over the counted runs. Only of models that are larger than the processor&apos;s caches.</source>
        <translation>一步解码必须读取的字节数（权重，专家只计命中的，以及键和值）/ TPOT / 运行前在此机器上测得的读取带宽；取计入的各次运行的中位数。仅用于大于处理器缓存的模型。</translation>
    </message>
    <message>
        <source>Arithmetic used in prefill (MFU)</source>
        <translation>预填充的算力利用率（MFU）</translation>
    </message>
    <message>
        <source>Operations that the prompt needs / TTFT / rate of matrix products measured on this machine before the run, in the type that the model was computed in; median over the counted runs.</source>
        <translation>提示所需的运算量 / TTFT / 运行前在此机器上按模型计算所用类型测得的矩阵乘法速率；取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>Fastest possible time per token</source>
        <translation>每 Token 的理论最短时间</translation>
    </message>
    <message>
        <source>The longer one of a decode step&apos;s bytes / measured read bandwidth and its operations / measured rate of products: no program can be faster on this machine with these weights.</source>
        <translation>一步解码的字节数 / 测得的读取带宽，与其运算量 / 测得的乘法速率，两者中较长者：在此机器上使用这些权重，任何程序都不可能更快。</translation>
    </message>
    <message>
        <source>Energy per output token</source>
        <translation>每个输出 Token 的能耗</translation>
    </message>
    <message>
        <source>Energy per output token above idle</source>
        <translation>每个输出 Token 高出空闲的能耗</translation>
    </message>
    <message>
        <source>The same less what the idle device used before the run in as much time.</source>
        <translation>同上，减去运行前空闲设备在同样时间内的能耗。</translation>
    </message>
    <message>
        <source>Mean power</source>
        <translation>平均功率</translation>
    </message>
    <message>
        <source>Apparent prefill speed</source>
        <translation>表观预填充速度</translation>
    </message>
    <message>
        <source>Endpoints: prompt tokens that the server did not find in its cache (by its own count, else by ours) / TTFT. Apparent, since queue and network are in TTFT; median over the counted requests.</source>
        <translation>端点：服务器未在缓存中命中的提示 Token 数（按其自身计数，否则按本端计数）/ TTFT。称为表观，是因为 TTFT 中含排队和网络；取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>1 / TPOT: what one user of the batch or of the endpoint sees; median over the counted runs.</source>
        <translation>1 / TPOT：批中或端点的单个用户看到的速度；取计入的各次运行的中位数。</translation>
    </message>
    <message>
        <source>Speed of a whole answer</source>
        <translation>整个回答的速度</translation>
    </message>
    <message>
        <source>Endpoints: output tokens / E2E of one request, the wait for the first token included. The only speed of one request that says something where reasoning is counted but not shown; median over the counted requests.</source>
        <translation>端点：单个请求的输出 Token 数 / E2E，包含等待首个 Token 的时间。推理内容只计数而未显示时，这是单个请求唯一有意义的速度；取计入的各请求的中位数。</translation>
    </message>
    <message>
        <source>Output throughput, ends included</source>
        <translation>输出吞吐，含首尾</translation>
    </message>
    <message>
        <source>Endpoints: output tokens of all counted answers / time from the first one&apos;s sending to the last one&apos;s last text. Filling up and running empty dilute it; it is what most tools print.</source>
        <translation>端点：全部计入回答的输出 Token 数 / 从首个请求的发送到末个请求的最后文本的时间。爬升和排空会稀释它；多数工具给出的就是它。</translation>
    </message>
    <message>
        <source>Total throughput</source>
        <translation>总吞吐</translation>
    </message>
    <message>
        <source>Endpoints: as output throughput, with the prompt tokens (by the server&apos;s count, else by ours) of the requests whose first text came in that time.</source>
        <translation>端点：同输出吞吐，另加首个文本在该时间内到来的各请求的提示 Token 数（按服务器的计数，否则按本端计数）。</translation>
    </message>
    <message>
        <source>Answers per second</source>
        <translation>每秒回答数</translation>
    </message>
    <message>
        <source>Endpoints: answers whose last text came while the load was steady / that time.</source>
        <translation>端点：最后文本在负载稳定期间到来的回答数 / 这段时间。</translation>
    </message>
    <message>
        <source>Goodput</source>
        <translation>有效吞吐</translation>
    </message>
    <message>
        <source>Endpoints: answers per second that meet every limit of the named set (SLO), while the load was steady; a request that failed at first is bad even when a retry was answered.</source>
        <translation>端点：负载稳定期间，每秒满足所指定服务目标（SLO）各项限值的回答数；起初失败的请求即使重试得到回答也不算达标。</translation>
    </message>
    <message>
        <source>Share of good answers</source>
        <translation>达标回答占比</translation>
    </message>
    <message>
        <source>Endpoints: share of the counted requests that meet every limit of the named set (SLO); failed ones are bad, those cancelled from here are left out.</source>
        <translation>端点：计入的请求中满足所指定服务目标（SLO）各项限值的占比；失败的不算达标，由本端取消的不计。</translation>
    </message>
    <message>
        <source>Energy that the device counted during counted runs that lasted 5 s together, prompts included / their output tokens; median over such windows.</source>
        <translation>合计达到 5 s 的若干次计入的运行期间设备所计的能耗，包含提示 / 这些运行的输出 Token 数；取各个此类时间窗的中位数。</translation>
    </message>
    <message>
        <source>Energy that the device counted during counted runs that lasted 5 s together / their time; median over such windows.</source>
        <translation>合计达到 5 s 的若干次计入的运行期间设备所计的能耗 / 这些运行的时间；取各个此类时间窗的中位数。</translation>
    </message>
    <message>
        <source>Output tokens of the whole batch / E2E, prefill included; median over the counted runs. Of an endpoint while the load is steady: tokens whose moments lie between the first and the last counted request&apos;s sending, in a closed loop between two sendings whole waves of requests apart, / that time, whichever request they belong to; filling up and running empty are left out. Tokens of a piece by the server&apos;s count for it, else a request&apos;s tokens are spread evenly over its pieces. Interval from ten slices of that time; absent when it is shorter than an answer or a wave.</source>
        <translation>整批的输出 Token 数 / E2E，包含预填充；取计入的各次运行的中位数。对端点取负载稳定期间：时刻位于首个与末个计入请求的发送之间（闭环则为相隔整数波请求的两次发送之间）的 Token 数 / 这段时间，不论属于哪个请求；爬升和排空不计。片段的 Token 数按服务器对其的计数，否则将请求的 Token 平均分到其各片段。置信区间由这段时间的十个切片得出；若这段时间短于一个回答或一波请求，则不给出。</translation>
    </message>
    <message>
        <source>Gap between tokens (ITL), p50</source>
        <translation>Token 间隔（ITL），p50</translation>
    </message>
    <message>
        <source>Median of all gaps between consecutive tokens, of an endpoint between reads with text, counted runs pooled; called gap between reads (ICL) where a read brings more than 1.05 tokens on average. Gaps of one run depend on each other, so the interval is rather too narrow.</source>
        <translation>相邻 Token 之间所有间隔的中位数，对端点为含文本的读取之间，计入的运行合并；每次读取平均多于 1.05 个 Token 时称为读取间隔（ICL）。同一运行内的间隔相互依赖，故区间偏窄。</translation>
    </message>
    <message>
        <source>Gap between reads (ICL), p50</source>
        <translation>读取间隔（ICL），p50</translation>
    </message>
    <message>
        <source>Gap between tokens (ITL), p95</source>
        <translation>Token 间隔（ITL），p95</translation>
    </message>
    <message>
        <source>95th percentile of all gaps between consecutive tokens, of an endpoint between reads with text, counted runs pooled; called gap between reads (ICL) where a read brings more than 1.05 tokens on average. Printed from 59 gaps on.</source>
        <translation>相邻 Token 之间所有间隔的第 95 百分位，对端点为含文本的读取之间，计入的运行合并；每次读取平均多于 1.05 个 Token 时称为读取间隔（ICL）。自 59 个间隔起给出。</translation>
    </message>
    <message>
        <source>Gap between reads (ICL), p95</source>
        <translation>读取间隔（ICL），p95</translation>
    </message>
    <message>
        <source>Gap between tokens (ITL), p99</source>
        <translation>Token 间隔（ITL），p99</translation>
    </message>
    <message>
        <source>99th percentile of all gaps between consecutive tokens, of an endpoint between reads with text, counted runs pooled; called gap between reads (ICL) where a read brings more than 1.05 tokens on average. Printed from 299 gaps on.</source>
        <translation>相邻 Token 之间所有间隔的第 99 百分位，对端点为含文本的读取之间，计入的运行合并；每次读取平均多于 1.05 个 Token 时称为读取间隔（ICL）。自 299 个间隔起给出。</translation>
    </message>
    <message>
        <source>Gap between reads (ICL), p99</source>
        <translation>读取间隔（ICL），p99</translation>
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
    <message>
        <source>refused</source>
        <translation>拒答</translation>
    </message>
</context>
<context>
    <name>PairedTest</name>
    <message>
        <source>exact McNemar test</source>
        <translation>McNemar 精确检验</translation>
    </message>
    <message>
        <source>sign-flip permutation test</source>
        <translation>符号翻转置换检验</translation>
    </message>
</context>
<context>
    <name>Part</name>
    <message>
        <source>latent attention</source>
        <translation>潜在注意力</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>cross-attention</source>
        <translation>交叉注意力</translation>
    </message>
    <message>
        <source>state space or linear attention</source>
        <translation>状态空间或线性注意力</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>shared expert</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
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
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Beside the layers</source>
        <translation>层之外</translation>
    </message>
    <message>
        <source>token embedding</source>
        <translation>Token 嵌入</translation>
    </message>
    <message>
        <source>position embedding</source>
        <translation>位置嵌入</translation>
    </message>
    <message>
        <source>token type embedding</source>
        <translation>Token 类型嵌入</translation>
    </message>
    <message>
        <source>norm after the embedding</source>
        <translation>嵌入后的归一化</translation>
    </message>
    <message>
        <source>norm before attention</source>
        <translation>注意力前的归一化</translation>
    </message>
    <message>
        <source>query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>query, key and value in one</source>
        <translation>查询、键和值合一</translation>
    </message>
    <message>
        <source>query norm</source>
        <translation>查询归一化</translation>
    </message>
    <message>
        <source>key norm</source>
        <translation>键归一化</translation>
    </message>
    <message>
        <source>query into the latent space</source>
        <translation>查询进入潜在空间</translation>
    </message>
    <message>
        <source>norm of the latent query</source>
        <translation>潜在查询的归一化</translation>
    </message>
    <message>
        <source>query out of the latent space</source>
        <translation>查询离开潜在空间</translation>
    </message>
    <message>
        <source>key and value into the latent space</source>
        <translation>键和值进入潜在空间</translation>
    </message>
    <message>
        <source>norm of the latent key and value</source>
        <translation>潜在键和值的归一化</translation>
    </message>
    <message>
        <source>key and value out of the latent space</source>
        <translation>键和值离开潜在空间</translation>
    </message>
    <message>
        <source>attention sinks</source>
        <translation>注意力汇</translation>
    </message>
    <message>
        <source>attention output</source>
        <translation>注意力输出</translation>
    </message>
    <message>
        <source>norm after attention</source>
        <translation>注意力后的归一化</translation>
    </message>
    <message>
        <source>norm before feed-forward</source>
        <translation>前馈前的归一化</translation>
    </message>
    <message>
        <source>gate</source>
        <translation>门</translation>
    </message>
    <message>
        <source>up</source>
        <translation>升维</translation>
    </message>
    <message>
        <source>gate and up in one</source>
        <translation>门与升维合一</translation>
    </message>
    <message>
        <source>down</source>
        <translation>降维</translation>
    </message>
    <message>
        <source>router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>router&apos;s correction</source>
        <translation>路由器的校正</translation>
    </message>
    <message>
        <source>experts: gate</source>
        <translation>专家：门</translation>
    </message>
    <message>
        <source>experts: up</source>
        <translation>专家：升维</translation>
    </message>
    <message>
        <source>experts: gate and up in one</source>
        <translation>专家：门与升维合一</translation>
    </message>
    <message>
        <source>experts: down</source>
        <translation>专家：降维</translation>
    </message>
    <message>
        <source>shared expert: gate</source>
        <translation>共享专家：门</translation>
    </message>
    <message>
        <source>shared expert: up</source>
        <translation>共享专家：升维</translation>
    </message>
    <message>
        <source>shared expert: down</source>
        <translation>共享专家：降维</translation>
    </message>
    <message>
        <source>shared expert: its gate</source>
        <translation>共享专家：其选通门</translation>
    </message>
    <message>
        <source>norm after feed-forward</source>
        <translation>前馈后的归一化</translation>
    </message>
    <message>
        <source>final norm</source>
        <translation>最后的归一化</translation>
    </message>
    <message>
        <source>output head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>pooler</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>分类器</translation>
    </message>
    <message>
        <source>multi-token prediction</source>
        <translation>多 Token 预测</translation>
    </message>
    <message>
        <source>vision encoder</source>
        <translation>视觉编码器</translation>
    </message>
    <message>
        <source>audio encoder</source>
        <translation>音频编码器</translation>
    </message>
    <message>
        <source>projector between modalities</source>
        <translation>模态间投影器</translation>
    </message>
    <message>
        <source>adapter</source>
        <translation>适配器</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>One length, one user: a first look within a minute or so.</source>
        <translation>一种长度，一个用户：约一分钟内得到初步结果。</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>A short and a longer prompt, one user and several.</source>
        <translation>一个短提示和一个较长的提示，一个用户和多个用户。</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>全面</translation>
    </message>
    <message>
        <source>Many lengths and levels, enough runs for the tail; takes long and costs most.</source>
        <translation>多种长度和级别，次数足以看出尾部；耗时长，费用最高。</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Short questions within a conversation, answers that people read along.</source>
        <translation>对话中的简短提问，回答供人边生成边阅读。</translation>
    </message>
    <message>
        <source>RAG</source>
        <translation>RAG</translation>
    </message>
    <message>
        <source>Long prompts of found passages, short answers.</source>
        <translation>由检索到的段落组成的长提示，回答简短。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>A file&apos;s worth of context, completions of some lines while one types on.</source>
        <translation>一个文件的上下文，边输入边补全若干行。</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>Thousands of tokens before the answer.</source>
        <translation>回答之前有数千 Token 的推理内容。</translation>
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
    <name>Query</name>
    <message>
        <source>%1: the closing quotation mark is missing</source>
        <translation>%1：缺少右引号</translation>
    </message>
    <message>
        <source>%1: the closing bracket is missing</source>
        <translation>%1：缺少右括号</translation>
    </message>
    <message>
        <source>%1: nothing follows the colon</source>
        <translation>%1：冒号后没有内容</translation>
    </message>
    <message>
        <source>%1: known are name, file, dtype, role, shape, bytes and params</source>
        <translation>%1：可用的有 name、file、dtype、role、shape、bytes 和 params</translation>
    </message>
    <message>
        <source>%1: a role is weight, scale or buffer</source>
        <translation>%1：role 为 weight、scale 或 buffer</translation>
    </message>
    <message>
        <source>%1 is no size such as &gt;100MB or &lt;2GiB</source>
        <translation>%1 不是 &gt;100MB 或 &lt;2GiB 这样的大小</translation>
    </message>
    <message>
        <source>%1 is no number such as &gt;1e9 or &lt;7B</source>
        <translation>%1 不是 &gt;1e9 或 &lt;7B 这样的数</translation>
    </message>
    <message>
        <source>%1 is no shape such as [7168,*] or 4096x1024</source>
        <translation>%1 不是 [7168,*] 或 4096x1024 这样的形状</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>缩放因子</translation>
    </message>
    <message>
        <source>buffer</source>
        <translation>缓冲区</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>it does not begin with GGUF</source>
        <translation>它不以 GGUF 开头</translation>
    </message>
    <message>
        <source>its version is not known</source>
        <translation>其版本未知</translation>
    </message>
    <message>
        <source>a power of two</source>
        <translation>2 的幂</translation>
    </message>
    <message>
        <source>a tensor has too many axes</source>
        <translation>某张量的维数过多</translation>
    </message>
    <message>
        <source>the sizes of a tensor overflow</source>
        <translation>某张量的大小溢出</translation>
    </message>
    <message>
        <source>a tensor has no name</source>
        <translation>某张量没有名称</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>个张量</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>个键</translation>
    </message>
    <message>
        <source>it declares more keys or tensors than any model has</source>
        <translation>它声明的键或张量比任何模型都多</translation>
    </message>
    <message>
        <source>the file ends too early</source>
        <translation>文件过早结束</translation>
    </message>
    <message>
        <source>bytes of text</source>
        <translation>字节文本</translation>
    </message>
    <message>
        <source>a key has a type that does not exist</source>
        <translation>某键的类型不存在</translation>
    </message>
    <message>
        <source>items of an array</source>
        <translation>个数组项</translation>
    </message>
    <message>
        <source>arrays are nested too deeply</source>
        <translation>数组嵌套过深</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>it is not an object</source>
        <translation>它不是对象</translation>
    </message>
    <message>
        <source>a field stands there twice</source>
        <translation>某字段出现了两次</translation>
    </message>
    <message>
        <source>a field has the wrong type</source>
        <translation>某字段的类型错误</translation>
    </message>
    <message>
        <source>a dimension is not a whole number</source>
        <translation>某维度不是整数</translation>
    </message>
    <message>
        <source>an offset is not a whole number</source>
        <translation>某偏移不是整数</translation>
    </message>
    <message>
        <source>data_offsets has not two values</source>
        <translation>data_offsets 不是两个值</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>它的结尾在开头之前</translation>
    </message>
    <message>
        <source>dtype, shape or data_offsets is missing</source>
        <translation>缺少 dtype、shape 或 data_offsets</translation>
    </message>
    <message>
        <source>it is not valid JSON</source>
        <translation>它不是有效的 JSON</translation>
    </message>
    <message>
        <source>it lists no layers</source>
        <translation>它没有列出任何层</translation>
    </message>
    <message>
        <source>a layer&apos;s digest is no SHA-256</source>
        <translation>某层的摘要不是 SHA-256</translation>
    </message>
    <message>
        <source>it has no layer with a model</source>
        <translation>它没有含模型的层</translation>
    </message>
    <message>
        <source>it is no protobuf of ONNX</source>
        <translation>它不是 ONNX 的 protobuf</translation>
    </message>
    <message>
        <source>it is larger than any model needs</source>
        <translation>它比任何模型所需的都大</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>它过早结束</translation>
    </message>
    <message>
        <source>they are written as numbers of any length</source>
        <translation>它们以不定长的数写成</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>它无法读取</translation>
    </message>
    <message>
        <source>it has an opcode that no version of Python knows</source>
        <translation>它含有任何 Python 版本都不认识的操作码</translation>
    </message>
    <message>
        <source>it is larger than any checkpoint needs</source>
        <translation>它比任何检查点所需的都大</translation>
    </message>
    <message>
        <source>it takes from an empty stack</source>
        <translation>它从空栈取值</translation>
    </message>
    <message>
        <source>it is of a protocol that is not known here</source>
        <translation>其协议在此未知</translation>
    </message>
    <message>
        <source>it has a key without a value</source>
        <translation>它有一个没有值的键</translation>
    </message>
    <message>
        <source>it adds to something that holds nothing</source>
        <translation>它向不能容纳内容的对象添加内容</translation>
    </message>
    <message>
        <source>it computes the name of a global</source>
        <translation>它用计算得出全局对象的名称</translation>
    </message>
    <message>
        <source>it names a global by a number of the program that wrote it</source>
        <translation>它用写出程序的编号指代全局对象</translation>
    </message>
    <message>
        <source>it recalls what it never stored</source>
        <translation>它取用从未存入的内容</translation>
    </message>
    <message>
        <source>it has a text of negative length</source>
        <translation>它有长度为负的文本</translation>
    </message>
    <message>
        <source>it has a line of more than a megabyte</source>
        <translation>它有超过 1 MB 的行</translation>
    </message>
    <message>
        <source>it has a number that is none</source>
        <translation>它有不是数的数</translation>
    </message>
    <message>
        <source>it has a text without quotation marks</source>
        <translation>它有没有引号的文本</translation>
    </message>
    <message>
        <source>weight_map is not an object</source>
        <translation>weight_map 不是对象</translation>
    </message>
    <message>
        <source>weight_map names something else than a file</source>
        <translation>weight_map 指的不是文件</translation>
    </message>
    <message>
        <source>it has no weight_map</source>
        <translation>它没有 weight_map</translation>
    </message>
    <message>
        <source>the pickle holds them in another form</source>
        <translation>pickle 以另一种形式保存它们</translation>
    </message>
    <message>
        <source>they are packed</source>
        <translation>它们是压缩的</translation>
    </message>
    <message>
        <source>it holds more pickles than any checkpoint needs</source>
        <translation>它含有的 pickle 比任何检查点所需的都多</translation>
    </message>
    <message>
        <source>other bytes follow its end</source>
        <translation>其结尾之后还有别的字节</translation>
    </message>
    <message>
        <source>the archive holds no pickle</source>
        <translation>归档文件中没有 pickle</translation>
    </message>
    <message>
        <source>it is an archive of torch.export, whose weights are not read</source>
        <translation>它是 torch.export 的归档，不读取其权重</translation>
    </message>
    <message>
        <source>a member&apos;s checksum is wrong</source>
        <translation>某成员的校验和错误</translation>
    </message>
    <message>
        <source>its directory is larger than any checkpoint needs</source>
        <translation>其目录比任何检查点所需的都大</translation>
    </message>
    <message>
        <source>its directory is not where it should be</source>
        <translation>其目录不在应在的位置</translation>
    </message>
    <message>
        <source>its directory lists nothing</source>
        <translation>其目录为空</translation>
    </message>
    <message>
        <source>its directory holds another number of members than it says</source>
        <translation>其目录中的成员数与声明的不同</translation>
    </message>
    <message>
        <source>bytes follow its end</source>
        <translation>其结尾之后还有字节</translation>
    </message>
    <message>
        <source>it has no directory at its end</source>
        <translation>其结尾没有目录</translation>
    </message>
    <message>
        <source>its two end records disagree</source>
        <translation>其两个结尾记录不一致</translation>
    </message>
    <message>
        <source>its directory holds more than members</source>
        <translation>其目录中不只有成员</translation>
    </message>
    <message>
        <source>there is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>a packed member is damaged</source>
        <translation>某压缩成员已损坏</translation>
    </message>
    <message>
        <source>a member is not where the directory says</source>
        <translation>某成员不在目录所说的位置</translation>
    </message>
    <message>
        <source>a member reaches beyond the end of the file</source>
        <translation>某成员超出文件末尾</translation>
    </message>
    <message>
        <source>a member&apos;s header and the directory disagree</source>
        <translation>某成员的头与目录不一致</translation>
    </message>
    <message>
        <source>two members have the same name</source>
        <translation>两个成员同名</translation>
    </message>
    <message>
        <source>a member&apos;s name is a path out of the archive</source>
        <translation>某成员的名称是通向归档之外的路径</translation>
    </message>
    <message>
        <source>a member is encrypted</source>
        <translation>某成员已加密</translation>
    </message>
    <message>
        <source>a member claims a size that its packed bytes cannot have</source>
        <translation>某成员声称的大小是其压缩字节不可能有的</translation>
    </message>
    <message>
        <source>two members share bytes</source>
        <translation>两个成员共用字节</translation>
    </message>
    <message>
        <source>bytes between its members belong to none</source>
        <translation>成员之间有不属于任何成员的字节</translation>
    </message>
    <message>
        <source>a member is packed in a way that is not known here</source>
        <translation>某成员的压缩方式在此未知</translation>
    </message>
    <message>
        <source>a packed member is too large to be unpacked</source>
        <translation>某压缩成员过大，无法解压</translation>
    </message>
    <message>
        <source>a model that is not named</source>
        <translation>未注明名称的模型</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>无名称</translation>
    </message>
    <message>
        <source>not quantized</source>
        <translation>未量化</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The files of a server are not fetched to be hashed: download the model first</source>
        <translation>不会为计算哈希而下载服务器上的文件：请先下载模型</translation>
    </message>
    <message>
        <source>the answer ended too early</source>
        <translation>应答过早结束</translation>
    </message>
    <message>
        <source>it cannot be taken apart</source>
        <translation>无法解析</translation>
    </message>
    <message>
        <source>only http and https are known</source>
        <translation>只支持 http 和 https</translation>
    </message>
    <message>
        <source>it holds a password, which would be shown and saved</source>
        <translation>其中含有密码，会被显示和保存</translation>
    </message>
    <message>
        <source>it does not say which</source>
        <translation>它没有说明是哪些</translation>
    </message>
    <message>
        <source>it does not say how large the file is</source>
        <translation>它没有说明文件大小</translation>
    </message>
    <message>
        <source>another range</source>
        <translation>范围不同</translation>
    </message>
    <message>
        <source>more or fewer than it says</source>
        <translation>比声明的多或少</translation>
    </message>
    <message>
        <source>the file was changed in between</source>
        <translation>文件在此期间被更改</translation>
    </message>
    <message>
        <source>A model on a server can be inspected, but not run: download it first</source>
        <translation>服务器上的模型可以检视，但不能运行：请先下载</translation>
    </message>
    <message>
        <source>its quant_state is damaged</source>
        <translation>其 quant_state 已损坏</translation>
    </message>
    <message>
        <source>its scales do not fit its shape</source>
        <translation>其缩放因子与形状不符</translation>
    </message>
    <message>
        <source>its order names groups that are not there</source>
        <translation>其顺序引用了不存在的组</translation>
    </message>
    <message>
        <source>its codes are not stored row by row</source>
        <translation>其编码不是按行存储的</translation>
    </message>
    <message>
        <source>its type has no known values</source>
        <translation>其类型没有已知的数值含义</translation>
    </message>
    <message>
        <source>its file is missing</source>
        <translation>其文件缺失</translation>
    </message>
    <message>
        <source>they do not lie in the file one after another</source>
        <translation>它们在文件中不是依次存放的</translation>
    </message>
    <message>
        <source>its size does not fit its shape and type</source>
        <translation>其大小与形状和类型不符</translation>
    </message>
    <message>
        <source>its scales or zero points are missing</source>
        <translation>缺少其缩放因子或零点</translation>
    </message>
    <message>
        <source>its scales are not stored row by row</source>
        <translation>其缩放因子不是按行存储的</translation>
    </message>
    <message>
        <source>it has more brackets and commas than tensors need</source>
        <translation>其中的括号和逗号多于张量所需</translation>
    </message>
    <message>
        <source>%1 %2, %3 {3:layer|layers}, hidden size %4, %5 {5:parameter|parameters}</source>
        <translation>%1 %2，%3 层，隐藏维度 %4，%5 个参数</translation>
    </message>
    <message>
        <source>names that do not fit: %1 %2, %3 %4 (of %5)</source>
        <translation>不符合的名称：%1 %2，%3 %4（共 %5）</translation>
    </message>
    <message>
        <source>largest id %1, rows %2</source>
        <translation>最大 id %1，行数 %2</translation>
    </message>
    <message>
        <source>the token in HF_TOKEN is for another server: HF_ENDPOINT tells which</source>
        <translation>HF_TOKEN 中的令牌属于另一台服务器：由 HF_ENDPOINT 指定</translation>
    </message>
    <message>
        <source>the token in HF_TOKEN does not change that</source>
        <translation>HF_TOKEN 中的令牌无济于事</translation>
    </message>
    <message>
        <source>there is no token in HF_TOKEN</source>
        <translation>HF_TOKEN 中没有令牌</translation>
    </message>
    <message>
        <source>a merge names a piece outside the vocabulary</source>
        <translation>某条合并规则用到了词表之外的词元</translation>
    </message>
    <message>
        <source>it should be a number from 0 on</source>
        <translation>应为不小于 0 的数</translation>
    </message>
    <message>
        <source>it should be a whole number from 0 on</source>
        <translation>应为不小于 0 的整数</translation>
    </message>
    <message>
        <source>it should be above 0 and at most 1</source>
        <translation>应大于 0 且不大于 1</translation>
    </message>
    <message>
        <source>it should be between 0 and 1</source>
        <translation>应介于 0 与 1 之间</translation>
    </message>
    <message>
        <source>it should be a number above 0</source>
        <translation>应为大于 0 的数</translation>
    </message>
    <message>
        <source>the model&apos;s logits are not numbers</source>
        <translation>模型的 logits 不是数值</translation>
    </message>
    <message>
        <source>there is no character to strip</source>
        <translation>没有指定要去除的字符</translation>
    </message>
    <message>
        <source>a regular expression is wrong</source>
        <translation>正则表达式有误</translation>
    </message>
    <message>
        <source>a field is missing or of the wrong type</source>
        <translation>缺少某个字段或其类型有误</translation>
    </message>
    <message>
        <source>the id of a piece is out of range</source>
        <translation>某个词元的 id 超出范围</translation>
    </message>
    <message>
        <source>a merge is no pair</source>
        <translation>某条合并规则不是一对</translation>
    </message>
    <message>
        <source>the unknown token is not in the vocabulary</source>
        <translation>未知 Token 不在词表中</translation>
    </message>
    <message>
        <source>its table of characters is damaged</source>
        <translation>其字符表已损坏</translation>
    </message>
    <message>
        <source>an added token is too long</source>
        <translation>某个附加 Token 过长</translation>
    </message>
    <message>
        <source>the id of a token is out of range</source>
        <translation>某个 Token 的 id 超出范围</translation>
    </message>
    <message>
        <source>add_prefix_space and prepend_scheme contradict each other</source>
        <translation>add_prefix_space 与 prepend_scheme 互相矛盾</translation>
    </message>
    <message>
        <source>the delimiter is not one character</source>
        <translation>分隔符不是单个字符</translation>
    </message>
    <message>
        <source>a section is too large</source>
        <translation>某一部分过大</translation>
    </message>
    <message>
        <source>it has no model section</source>
        <translation>其中没有 model 部分</translation>
    </message>
    <message>
        <source>there are more than 100 texts</source>
        <translation>文本多于 100 个</translation>
    </message>
    <message>
        <source>the text is empty</source>
        <translation>文本为空</translation>
    </message>
    <message>
        <source>the text is longer than 1000 bytes</source>
        <translation>文本超过 1000 字节</translation>
    </message>
    <message>
        <source>tokens, scores and types differ in number</source>
        <translation>Token、分数与类型的数目不同</translation>
    </message>
    <message>
        <source>there are too many pieces</source>
        <translation>词元过多</translation>
    </message>
    <message>
        <source>the vocabulary is empty</source>
        <translation>词表为空</translation>
    </message>
    <message>
        <source>it is no model of SentencePiece</source>
        <translation>它不是 SentencePiece 模型</translation>
    </message>
    <message>
        <source>it is hardly anything but brackets and commas</source>
        <translation>其中几乎只有括号和逗号</translation>
    </message>
    <message>
        <source>its sizes should be whole numbers with commas between them, as in f32[1,3,224,224]</source>
        <translation>其尺寸应为以逗号分隔的整数，例如 f32[1,3,224,224]</translation>
    </message>
    <message>
        <source>each of its sizes should be 1 or more</source>
        <translation>每个尺寸应不小于 1</translation>
    </message>
    <message>
        <source>it is larger than 4 GiB</source>
        <translation>它大于 4 GiB</translation>
    </message>
    <message>
        <source>it has more than 16 dimensions</source>
        <translation>它超过 16 维</translation>
    </message>
    <message>
        <source>after its sizes only a limit can follow, as in i64[1,128]&lt;30522</source>
        <translation>尺寸之后只能跟上限，例如 i64[1,128]&lt;30522</translation>
    </message>
    <message>
        <source>only whole numbers can have a limit</source>
        <translation>只有整数可以有上限</translation>
    </message>
    <message>
        <source>its limit does not fit its type</source>
        <translation>其上限超出该类型的范围</translation>
    </message>
    <message>
        <source>its type is none of f32, f16, bf16, f64, i64, i32, i16, i8, u8 and bool</source>
        <translation>其类型不是 f32、f16、bf16、f64、i64、i32、i16、i8、u8 或 bool</translation>
    </message>
    <message>
        <source>its sizes should stand in brackets, as in f32[1,3,224,224]</source>
        <translation>其尺寸应写在方括号内，例如 f32[1,3,224,224]</translation>
    </message>
    <message>
        <source>a list ends with a bracket, as in [f32[3,8,8],f32[3,9,7]]</source>
        <translation>列表以方括号结束，例如 [f32[3,8,8],f32[3,9,7]]</translation>
    </message>
    <message>
        <source>it has more than 64 tensors</source>
        <translation>它包含的张量超过 64 个</translation>
    </message>
    <message>
        <source>a whole number should follow int=</source>
        <translation>int= 之后应为整数</translation>
    </message>
    <message>
        <source>a number should follow float=</source>
        <translation>float= 之后应为数字</translation>
    </message>
    <message>
        <source>only int=, float= and bool= are values</source>
        <translation>只有 int=、float= 和 bool= 可以赋值</translation>
    </message>
    <message>
        <source>true or false should follow bool=</source>
        <translation>bool= 之后应为 true 或 false</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>all inputs together are larger than 4 GiB</source>
        <translation>所有输入合计大于 4 GiB</translation>
    </message>
    <message>
        <source>more than 64 inputs are declared</source>
        <translation>声明的输入超过 64 个</translation>
    </message>
    <message>
        <source>the host has to know which experts each token goes to</source>
        <translation>主机需要知道每个 Token 由哪些专家处理</translation>
    </message>
    <message>
        <source>rotary frequencies depend on how long the text is</source>
        <translation>旋转位置频率取决于文本长度</translation>
    </message>
    <message>
        <source>the layers are spread over several devices</source>
        <translation>各层分布在多个设备上</translation>
    </message>
    <message>
        <source>this libtorch cannot record graphs</source>
        <translation>此 libtorch 不能录制计算图</translation>
    </message>
    <message>
        <source>there is not one for each token</source>
        <translation>与 Token 不是一一对应</translation>
    </message>
    <message>
        <source>give vectors of texts</source>
        <translation>给出文本的向量</translation>
    </message>
    <message>
        <source>the model has no pooler</source>
        <translation>该模型没有池化层</translation>
    </message>
    <message>
        <source>the model&apos;s states are not numbers</source>
        <translation>该模型的状态不是有效数字</translation>
    </message>
    <message>
        <source>classify texts</source>
        <translation>对文本分类</translation>
    </message>
    <message>
        <source>fill masks in</source>
        <translation>填充掩码</translation>
    </message>
    <message>
        <source>continue texts</source>
        <translation>续写文本</translation>
    </message>
    <message>
        <source>give logits of next tokens</source>
        <translation>给出下一个 Token 的 logits</translation>
    </message>
    <message>
        <source>be measured token by token</source>
        <translation>逐 Token 测量</translation>
    </message>
    <message>
        <source>a model that continues texts</source>
        <translation>续写文本的模型</translation>
    </message>
    <message>
        <source>an encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>a classifier</source>
        <translation>分类器</translation>
    </message>
    <message>
        <source>a masked language model</source>
        <translation>掩码语言模型</translation>
    </message>
    <message>
        <source>more memory</source>
        <translation>更多内存</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>score continuations</source>
        <translation>给续写打分</translation>
    </message>
    <message>
        <source>it holds weights, but no program</source>
        <translation>它只含权重，不含程序</translation>
    </message>
    <message>
        <source>a member&apos;s bytes are not those that its checksum is of</source>
        <translation>某个成员的字节与其校验和不符</translation>
    </message>
    <message>
        <source>an argument is of a type that cannot be declared</source>
        <translation>某个参数的类型无法声明</translation>
    </message>
    <message>
        <source>an input is not what its argument takes</source>
        <translation>某个输入与其参数不符</translation>
    </message>
    <message>
        <source>none is declared</source>
        <translation>未声明任何输入</translation>
    </message>
    <message>
        <source>there are too few</source>
        <translation>数量过少</translation>
    </message>
    <message>
        <source>there are too many</source>
        <translation>数量过多</translation>
    </message>
    <message>
        <source>it has no method forward</source>
        <translation>它没有 forward 方法</translation>
    </message>
    <message>
        <source>a frozen module</source>
        <translation>冻结的模块</translation>
    </message>
    <message>
        <source>it was asked for</source>
        <translation>按请求如此</translation>
    </message>
    <message>
        <source>licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>它不是 JSON</translation>
    </message>
    <message>
        <source>a number is too large</source>
        <translation>有数字过大</translation>
    </message>
    <message>
        <source>it is longer than 1 MB</source>
        <translation>它长于 1 MB</translation>
    </message>
    <message>
        <source>more memory than there is</source>
        <translation>超出现有内存</translation>
    </message>
    <message>
        <source>the arguments of a call do not fit</source>
        <translation>调用的参数不符</translation>
    </message>
    <message>
        <source>it calls what is no function</source>
        <translation>它调用了不是函数的东西</translation>
    </message>
    <message>
        <source>something is missing or does not belong here</source>
        <translation>缺少内容或此处有多余内容</translation>
    </message>
    <message>
        <source>a name is missing</source>
        <translation>缺少名称</translation>
    </message>
    <message>
        <source>it is nested too deep</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>it uses a value that is undefined</source>
        <translation>它使用了未定义的值</translation>
    </message>
    <message>
        <source>it cuts by something that is no whole number, or by steps of 0</source>
        <translation>切片所用的不是整数，或步长为 0</translation>
    </message>
    <message>
        <source>there is a filter that is not known</source>
        <translation>有未知的过滤器</translation>
    </message>
    <message>
        <source>there is a test that is not known</source>
        <translation>有未知的测试</translation>
    </message>
    <message>
        <source>it goes through what is no list</source>
        <translation>它遍历的不是列表</translation>
    </message>
    <message>
        <source>a value cannot be formatted this way</source>
        <translation>某个值不能这样格式化</translation>
    </message>
    <message>
        <source>a pattern and its values do not fit each other</source>
        <translation>格式与其值不相符</translation>
    </message>
    <message>
        <source>a range has more than 100,000 numbers</source>
        <translation>某个 range 超过 100,000 个数</translation>
    </message>
    <message>
        <source>a value cannot be written as JSON</source>
        <translation>某个值不能写成 JSON</translation>
    </message>
    <message>
        <source>it compares values that have no order</source>
        <translation>它比较了没有大小顺序的值</translation>
    </message>
    <message>
        <source>a comment does not end</source>
        <translation>注释没有结束</translation>
    </message>
    <message>
        <source>a raw block does not end</source>
        <translation>raw 块没有结束</translation>
    </message>
    <message>
        <source>an expression does not end</source>
        <translation>表达式没有结束</translation>
    </message>
    <message>
        <source>a number starts with a zero</source>
        <translation>数字以零开头</translation>
    </message>
    <message>
        <source>a text does not end</source>
        <translation>字符串没有结束</translation>
    </message>
    <message>
        <source>a text has a damaged escape</source>
        <translation>字符串中有损坏的转义</translation>
    </message>
    <message>
        <source>there is a character that means nothing here</source>
        <translation>此处有无意义的字符</translation>
    </message>
    <message>
        <source>brackets do not match</source>
        <translation>括号不匹配</translation>
    </message>
    <message>
        <source>it asks for the length of what has none</source>
        <translation>它对没有长度的值求长度</translation>
    </message>
    <message>
        <source>a text or list does not hold what is looked for in it</source>
        <translation>字符串或列表中没有所要查找的内容</translation>
    </message>
    <message>
        <source>it computes with values that do not fit each other</source>
        <translation>它用类型不符的值进行计算</translation>
    </message>
    <message>
        <source>it divides by zero</source>
        <translation>除以零</translation>
    </message>
    <message>
        <source>a block does not end</source>
        <translation>某个块没有结束</translation>
    </message>
    <message>
        <source>it uses another template or a block of one, which is not supported</source>
        <translation>它使用了其他模板或其中的块，这不受支持</translation>
    </message>
    <message>
        <source>there is a statement that is not known</source>
        <translation>有未知的语句</translation>
    </message>
    <message>
        <source>a parameter without a value follows one that has it</source>
        <translation>没有默认值的参数位于有默认值的参数之后</translation>
    </message>
    <message>
        <source>a call is missing</source>
        <translation>缺少调用</translation>
    </message>
    <message>
        <source>a break or continue stands outside of a loop</source>
        <translation>break 或 continue 位于循环之外</translation>
    </message>
    <message>
        <source>a value is missing</source>
        <translation>缺少值</translation>
    </message>
    <message>
        <source>two tests stand one behind the other</source>
        <translation>两个测试前后相接</translation>
    </message>
    <message>
        <source>the arguments of a call stand in a wrong order</source>
        <translation>调用的参数顺序错误</translation>
    </message>
    <message>
        <source>a value is put where none can be</source>
        <translation>在不能赋值之处赋值</translation>
    </message>
    <message>
        <source>it takes too many steps</source>
        <translation>步数过多</translation>
    </message>
    <message>
        <source>it takes too long</source>
        <translation>用时过长</translation>
    </message>
    <message>
        <source>it makes too much text</source>
        <translation>产生的文本过多</translation>
    </message>
    <message>
        <source>it makes lists that are nested too deep</source>
        <translation>产生的列表嵌套过深</translation>
    </message>
    <message>
        <source>a dict has a key that cannot be one</source>
        <translation>字典中有不能作为键的值</translation>
    </message>
    <message>
        <source>it cuts what is neither a text nor a list</source>
        <translation>它切片的既不是字符串也不是列表</translation>
    </message>
    <message>
        <source>a value has not as many parts as are taken from it</source>
        <translation>某个值的元素数与要取出的不符</translation>
    </message>
    <message>
        <source>it sets a member of what is no namespace</source>
        <translation>它设置成员的对象不是 namespace</translation>
    </message>
    <message>
        <source>there is a text, too</source>
        <translation>同时给出了文本</translation>
    </message>
    <message>
        <source>without a tokenizer its id is needed</source>
        <translation>没有分词器时需要其 ID</translation>
    </message>
    <message>
        <source>the tokenizer has neither [MASK] nor &lt;mask&gt;</source>
        <translation>分词器既没有 [MASK] 也没有 &lt;mask&gt;</translation>
    </message>
    <message>
        <source>there are too many for one answer</source>
        <translation>数量过多，无法一次回答</translation>
    </message>
    <message>
        <source>there is no mask in it</source>
        <translation>其中没有掩码</translation>
    </message>
    <message>
        <source>only a TorchScript module takes declared inputs</source>
        <translation>只有 TorchScript 模块接受声明的输入</translation>
    </message>
    <message>
        <source>a program of its own</source>
        <translation>自带程序的模块</translation>
    </message>
    <message>
        <source>be asked this</source>
        <translation>执行此请求</translation>
    </message>
    <message>
        <source>the trace of arrivals</source>
        <translation>到达轨迹</translation>
    </message>
    <message>
        <source>This line of the trace of arrivals is too long</source>
        <translation>到达轨迹的这一行过长</translation>
    </message>
    <message>
        <source>This line of the trace of arrivals holds no number of seconds</source>
        <translation>到达轨迹的这一行不含秒数</translation>
    </message>
    <message>
        <source>The trace holds too many arrivals</source>
        <translation>轨迹中的到达过多</translation>
    </message>
    <message>
        <source>The trace holds no arrivals</source>
        <translation>轨迹中没有到达</translation>
    </message>
    <message>
        <source>a request&apos;s record ends early</source>
        <translation>请求的记录提前结束</translation>
    </message>
    <message>
        <source>a request&apos;s record is of another version</source>
        <translation>请求的记录属于另一版本</translation>
    </message>
    <message>
        <source>a number in a request&apos;s record is out of range</source>
        <translation>请求的记录中有数字超出范围</translation>
    </message>
    <message>
        <source>the record of a request</source>
        <translation>请求的记录</translation>
    </message>
    <message>
        <source>more follows a request&apos;s record</source>
        <translation>请求的记录之后还有内容</translation>
    </message>
    <message>
        <source>A header or the key holds a line break or another control character</source>
        <translation>某个头部或密钥含有换行或其他控制字符</translation>
    </message>
    <message>
        <source>The endpoint&apos;s dialect is not known</source>
        <translation>端点的方言未知</translation>
    </message>
    <message>
        <source>the key that was sent is not taken</source>
        <translation>发送的密钥未被接受</translation>
    </message>
    <message>
        <source>no key was sent</source>
        <translation>没有发送密钥</translation>
    </message>
    <message>
        <source>an endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>show its tokens</source>
        <translation>给出其 Token</translation>
    </message>
    <message>
        <source>score given texts</source>
        <translation>对给定文本打分</translation>
    </message>
    <message>
        <source>give its logits</source>
        <translation>给出其 logits</translation>
    </message>
    <message>
        <source>be measured as a model of this machine</source>
        <translation>作为本机的模型来测量</translation>
    </message>
    <message>
        <source>an endpoint cannot be asked for it</source>
        <translation>不能向端点提出此要求</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>它没有应答</translation>
    </message>
    <message>
        <source>it shows another key than the one that is known</source>
        <translation>它出示的密钥与已知的不同</translation>
    </message>
    <message>
        <source>its key is not known</source>
        <translation>其密钥未知</translation>
    </message>
    <message>
        <source>it wants a password, or a key that it knows</source>
        <translation>它要求密码，或它认识的密钥</translation>
    </message>
    <message>
        <source>there is no such program</source>
        <translation>没有这个程序</translation>
    </message>
    <message>
        <source>it was closed</source>
        <translation>连接已关闭</translation>
    </message>
    <message>
        <source>it is no list of machines</source>
        <translation>它不是机器列表</translation>
    </message>
    <message>
        <source>a machine in it has no name or no command</source>
        <translation>其中有机器缺少名称或命令</translation>
    </message>
    <message>
        <source>another program is writing it</source>
        <translation>另一个程序正在写入它</translation>
    </message>
    <message>
        <source>answer the items of a suite</source>
        <translation>回答评测集的题目</translation>
    </message>
    <message>
        <source>it ends before the bytes that were asked for</source>
        <translation>它在所请求的字节之前结束</translation>
    </message>
    <message>
        <source>it holds a key, which would be shown and saved</source>
        <translation>其中含有密钥，会被显示和保存</translation>
    </message>
    <message>
        <source>no file is like &quot;%1&quot;</source>
        <translation>没有匹配 &quot;%1&quot; 的文件</translation>
    </message>
    <message>
        <source>it is not a JSON object</source>
        <translation>它不是 JSON 对象</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is missing</source>
        <translation>缺少 &quot;%1&quot;</translation>
    </message>
    <message>
        <source>no form is called &quot;%1&quot;</source>
        <translation>没有名为 &quot;%1&quot; 的格式</translation>
    </message>
    <message>
        <source>&quot;files&quot; is missing</source>
        <translation>缺少 &quot;files&quot;</translation>
    </message>
    <message>
        <source>its form is not known; a suite description says what its fields mean</source>
        <translation>其格式未知；评测集描述可说明各字段的含义</translation>
    </message>
    <message>
        <source>it is one of several suites in its folder; name one</source>
        <translation>其文件夹中有多个评测集；请指定一个</translation>
    </message>
    <message>
        <source>it holds files of several forms; name one of them, or put a suite.json beside them</source>
        <translation>其中有多种格式的文件；请指定一个，或在旁边放一个 suite.json</translation>
    </message>
    <message>
        <source>it holds no file of a known form</source>
        <translation>其中没有已知格式的文件</translation>
    </message>
    <message>
        <source>there are %1 examples for it, not %2</source>
        <translation>它有 %1 个示例，而不是 %2 个</translation>
    </message>
    <message>
        <source>images are read from folders</source>
        <translation>图像从文件夹读取</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of: %2</source>
        <translation>&quot;%1&quot; 不是以下之一：%2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is an object without &quot;field&quot;</source>
        <translation>&quot;%1&quot; 是没有 &quot;field&quot; 的对象</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an object</source>
        <translation>&quot;%1&quot; 不是对象</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a list</source>
        <translation>&quot;%1&quot; 不是列表</translation>
    </message>
    <message>
        <source>the field &quot;%1&quot; is not known</source>
        <translation>字段 &quot;%1&quot; 未知</translation>
    </message>
    <message>
        <source>there is no number in &quot;%1&quot;</source>
        <translation>&quot;%1&quot; 中没有数字</translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not stand in it</source>
        <translation>其中没有 &quot;%1&quot;</translation>
    </message>
    <message>
        <source>its last \boxed{ is not closed</source>
        <translation>其最后的 \boxed{ 未闭合</translation>
    </message>
    <message>
        <source>the template names no field between its braces</source>
        <translation>模板的花括号内未指定字段</translation>
    </message>
    <message>
        <source>the template&apos;s filter &quot;%1&quot; is not known</source>
        <translation>模板的过滤器 &quot;%1&quot; 未知</translation>
    </message>
    <message>
        <source>a brace of the template &quot;%1&quot; has no partner; a brace itself is written twice</source>
        <translation>模板 &quot;%1&quot; 的花括号不成对；花括号本身须写两次</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither a text nor a number</source>
        <translation>&quot;%1&quot; 既不是文本也不是数</translation>
    </message>
    <message>
        <source>its name is not valid UTF-8</source>
        <translation>其名称不是有效的 UTF-8</translation>
    </message>
    <message>
        <source>there is no class %1</source>
        <translation>没有类别 %1</translation>
    </message>
    <message>
        <source>there is no image %1</source>
        <translation>没有图像 %1</translation>
    </message>
    <message>
        <source>it has no right answer</source>
        <translation>它没有正确答案</translation>
    </message>
    <message>
        <source>it has %1 options, not 2 to 26</source>
        <translation>它有 %1 个选项，应为 2 至 26 个</translation>
    </message>
    <message>
        <source>one of its options is empty</source>
        <translation>有一个选项为空</translation>
    </message>
    <message>
        <source>two of its options are the same</source>
        <translation>有两个选项相同</translation>
    </message>
    <message>
        <source>its right answer is none of its options</source>
        <translation>正确答案不在选项之中</translation>
    </message>
    <message>
        <source>its test is empty</source>
        <translation>其测试为空</translation>
    </message>
    <message>
        <source>its question is empty</source>
        <translation>其问题为空</translation>
    </message>
    <message>
        <source>it is one JSON document of more than 64 MiB; JSONL may be larger</source>
        <translation>它是超过 64 MiB 的单个 JSON 文档；JSONL 可以更大</translation>
    </message>
    <message>
        <source>a paragraph has no questions (&quot;qas&quot;)</source>
        <translation>有段落没有问题（&quot;qas&quot;）</translation>
    </message>
    <message>
        <source>it is no question of a paragraph with &quot;context&quot;</source>
        <translation>它不是带 &quot;context&quot; 的段落中的问题</translation>
    </message>
    <message>
        <source>there is no list of objects in it; a description&apos;s &quot;rows&quot; says where one is</source>
        <translation>其中没有对象列表；描述中的 &quot;rows&quot; 可指明其位置</translation>
    </message>
    <message>
        <source>there is no list &quot;data&quot; in it</source>
        <translation>其中没有列表 &quot;data&quot;</translation>
    </message>
    <message>
        <source>an article has no &quot;paragraphs&quot;</source>
        <translation>有文章没有 &quot;paragraphs&quot;</translation>
    </message>
    <message>
        <source>a paragraph is not a JSON object</source>
        <translation>有段落不是 JSON 对象</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>it is not valid JSON from its byte %1 on</source>
        <translation>从第 %1 字节起不是有效的 JSON</translation>
    </message>
    <message>
        <source>it is not valid JSON: a number is too large</source>
        <translation>不是有效的 JSON：有数过大</translation>
    </message>
    <message>
        <source>it is longer than 16 MiB</source>
        <translation>超过 16 MiB</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a text</source>
        <translation>&quot;%1&quot; 不是文本</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither a text nor a whole number</source>
        <translation>&quot;%1&quot; 既不是文本也不是整数</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is empty</source>
        <translation>&quot;%1&quot; 为空</translation>
    </message>
    <message>
        <source>&quot;%1&quot; holds something that is not a text or is empty</source>
        <translation>&quot;%1&quot; 中含有非文本或空内容</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither true nor false</source>
        <translation>&quot;%1&quot; 既非 true 也非 false</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a whole number from %2 to %3</source>
        <translation>&quot;%1&quot; 不是 %2 至 %3 的整数</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an object with &quot;after&quot; and &quot;until&quot;</source>
        <translation>&quot;%1&quot; 不是含 &quot;after&quot; 和 &quot;until&quot; 的对象</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither &quot;choice&quot; nor &quot;generate&quot;</source>
        <translation>&quot;%1&quot; 既非 &quot;choice&quot; 也非 &quot;generate&quot;</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of &quot;generate&quot;, &quot;choice&quot;, &quot;text&quot;, &quot;image&quot;</source>
        <translation>&quot;%1&quot; 不是 &quot;generate&quot;、&quot;choice&quot;、&quot;text&quot;、&quot;image&quot; 之一</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has fewer than two choices</source>
        <translation>&quot;%1&quot; 的选项少于两个</translation>
    </message>
    <message>
        <source>&quot;%1&quot; names a choice twice</source>
        <translation>&quot;%1&quot; 中有重复的选项</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is %2, but there are %3 choices</source>
        <translation>&quot;%1&quot; 为 %2，但只有 %3 个选项</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of the choices</source>
        <translation>&quot;%1&quot; 不是选项之一</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither the index nor the text of a choice</source>
        <translation>&quot;%1&quot; 既不是选项的序号也不是其文本</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the index of one of the %2 classes</source>
        <translation>&quot;%1&quot; 不是 %2 个类别之一的序号</translation>
    </message>
    <message>
        <source>&quot;%1&quot; holds something that is not a text</source>
        <translation>&quot;%1&quot; 中含有非文本内容</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is &quot;choice&quot;, but &quot;choices&quot; is missing</source>
        <translation>&quot;%1&quot; 为 &quot;choice&quot;，但缺少 &quot;choices&quot;</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is missing or empty</source>
        <translation>&quot;%1&quot; 缺失或为空</translation>
    </message>
    <message>
        <source>it comes after the first 1,000,000 items</source>
        <translation>它在前 1,000,000 题之后</translation>
    </message>
    <message>
        <source>the id &quot;%1&quot; occurs twice</source>
        <translation>编号 &quot;%1&quot; 重复出现</translation>
    </message>
    <message>
        <source>it cannot be unpacked</source>
        <translation>无法解压</translation>
    </message>
    <message>
        <source>it is gzip that breaks off or is damaged</source>
        <translation>gzip 数据不完整或已损坏</translation>
    </message>
    <message>
        <source>it is Parquet; convert it to JSONL first, for example with pandas: read_parquet(&quot;x.parquet&quot;).to_json(&quot;x.jsonl&quot;, orient=&quot;records&quot;, lines=True)</source>
        <translation>它是 Parquet；请先转换为 JSONL，例如用 pandas：read_parquet(&quot;x.parquet&quot;).to_json(&quot;x.jsonl&quot;, orient=&quot;records&quot;, lines=True)</translation>
    </message>
    <message>
        <source>it is an archive; unpack it and give the folder</source>
        <translation>它是压缩包；请解压后给出文件夹</translation>
    </message>
    <message>
        <source>it is UTF-16; save it as UTF-8</source>
        <translation>它是 UTF-16；请存为 UTF-8</translation>
    </message>
    <message>
        <source>it is not valid UTF-8</source>
        <translation>不是有效的 UTF-8</translation>
    </message>
    <message>
        <source>a quotation mark is not closed</source>
        <translation>引号未闭合</translation>
    </message>
    <message>
        <source>it has %1 fields, not %2</source>
        <translation>它有 %1 个字段，而不是 %2 个</translation>
    </message>
    <message>
        <source>a suite has 1 to %1 items</source>
        <translation>评测集有 1 至 %1 题</translation>
    </message>
    <message>
        <source>%1 has no difficulty</source>
        <translation>%1 没有难度</translation>
    </message>
    <message>
        <source>the difficulty of %1 goes from %2 to %3</source>
        <translation>%1 的难度为 %2 至 %3</translation>
    </message>
    <message>
        <source>%1 has no context length</source>
        <translation>%1 没有上下文长度</translation>
    </message>
    <message>
        <source>a context has 1 to %1 words</source>
        <translation>上下文有 1 至 %1 个词</translation>
    </message>
    <message>
        <source>there is no generator %1</source>
        <translation>没有生成器 %1</translation>
    </message>
    <message>
        <source>the suite would have more than %1 words</source>
        <translation>评测集将超过 %1 个词</translation>
    </message>
    <message>
        <source>it has no pixels</source>
        <translation>它没有像素</translation>
    </message>
    <message>
        <source>there are no predictions of the same name: answers may be cut</source>
        <translation>没有同名的 predictions：回答可能被截断</translation>
    </message>
    <message>
        <source>there are no reviews beside it: nothing is judged</source>
        <translation>旁边没有 reviews：未作评判</translation>
    </message>
    <message>
        <source>no system&apos;s solution is in it</source>
        <translation>其中没有任何系统的解答</translation>
    </message>
    <message>
        <source>it has no request_states</source>
        <translation>它没有 request_states</translation>
    </message>
    <message>
        <source>the answer has no id; it is left out</source>
        <translation>回答没有编号，已略过</translation>
    </message>
    <message>
        <source>there is no per_instance_stats.json beside it: nothing is judged</source>
        <translation>旁边没有 per_instance_stats.json：未作评判</translation>
    </message>
    <message>
        <source>there is no scenario_state.json beside it: what was answered is not known</source>
        <translation>旁边没有 scenario_state.json：回答内容未知</translation>
    </message>
    <message>
        <source>it is packed and larger than 256 MiB</source>
        <translation>它经过压缩且大于 256 MiB</translation>
    </message>
    <message>
        <source>there are more than 20,000 files; the rest is not looked at</source>
        <translation>文件超过 20,000 个；其余不再查看</translation>
    </message>
    <message>
        <source>a folder cannot be read</source>
        <translation>有文件夹无法读取</translation>
    </message>
    <message>
        <source>there are results, but no single answers</source>
        <translation>有结果，但没有逐题回答</translation>
    </message>
    <message>
        <source>the archive&apos;s member is damaged, too large or packed in an unknown way</source>
        <translation>压缩包成员已损坏、过大或压缩方式未知</translation>
    </message>
    <message>
        <source>the archive unpacks to more than is read</source>
        <translation>压缩包解压后超过可读取的大小</translation>
    </message>
    <message>
        <source>its checksum is wrong</source>
        <translation>校验和有误</translation>
    </message>
    <message>
        <source>the archive is damaged or breaks off</source>
        <translation>压缩包已损坏或不完整</translation>
    </message>
    <message>
        <source>it is an archive, but no log of Inspect</source>
        <translation>它是压缩包，但不是 Inspect 的日志</translation>
    </message>
    <message>
        <source>it has no samples</source>
        <translation>它没有 samples</translation>
    </message>
    <message>
        <source>%1 {1:item was|items were} answered several times and judged together; the first answer is shown</source>
        <translation>%1 题被多次回答并一起评判；显示第一个回答</translation>
    </message>
    <message>
        <source>there is no results_*.json beside it: model and version are not known</source>
        <translation>旁边没有 results_*.json：模型和版本未知</translation>
    </message>
    <message>
        <source>there are no samples_*.jsonl beside it: run lm_eval with --log_samples</source>
        <translation>旁边没有 samples_*.jsonl：请以 --log_samples 运行 lm_eval</translation>
    </message>
    <message>
        <source>it has no arguments: what was asked is not known</source>
        <translation>它没有 arguments：所问内容未知</translation>
    </message>
    <message>
        <source>it has no resps: what was answered is not known</source>
        <translation>它没有 resps：回答内容未知</translation>
    </message>
    <message>
        <source>there are no details of how it was judged: run OpenCompass with --dump-eval-details, or score it here</source>
        <translation>没有评判细节：请以 --dump-eval-details 运行 OpenCompass，或在此评分</translation>
    </message>
    <message>
        <source>its details cannot be read</source>
        <translation>其 details 无法读取</translation>
    </message>
    <message>
        <source>it nests too deep</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>the line is longer than 64 MiB</source>
        <translation>该行超过 64 MiB</translation>
    </message>
    <message>
        <source>there are more than 1,000,000 records; the rest is not read</source>
        <translation>记录超过 1,000,000 条；其余不再读取</translation>
    </message>
    <message>
        <source>it cannot be read to its end</source>
        <translation>无法读到末尾</translation>
    </message>
    <message>
        <source>there is a zero byte in it</source>
        <translation>其中有零字节</translation>
    </message>
    <message>
        <source>it is larger than 512 MiB</source>
        <translation>它大于 512 MiB</translation>
    </message>
    <message>
        <source>the item %1 is answered twice; the first answer counts</source>
        <translation>题目 %1 有两个回答；以第一个为准</translation>
    </message>
    <message>
        <source>the items %1 and %2 ask the same</source>
        <translation>题目 %1 和 %2 所问相同</translation>
    </message>
    <message>
        <source>a model of texts</source>
        <translation>文本模型</translation>
    </message>
    <message>
        <source>classify images</source>
        <translation>为图像分类</translation>
    </message>
    <message>
        <source>tell the log-likelihoods that this suite asks for; --letters asks for the letter of a choice instead, which is another metric</source>
        <translation>给出此评测集所需的对数似然；--letters 改为询问选项字母，这是另一种指标</translation>
    </message>
    <message>
        <source>this program decodes no images</source>
        <translation>此程序不解码图像</translation>
    </message>
    <message>
        <source>it is not the images&apos; numbers</source>
        <translation>它不是图像的数值</translation>
    </message>
    <message>
        <source>it takes too much memory</source>
        <translation>占用内存过多</translation>
    </message>
    <message>
        <source>their vocabularies have different sizes</source>
        <translation>两者词表大小不同</translation>
    </message>
    <message>
        <source>one of them has no tokenizer, so that nothing says what its tokens are</source>
        <translation>其中一个没有分词器，无从得知其 Token</translation>
    </message>
    <message>
        <source>their vocabularies have the same size but other tokens</source>
        <translation>两者词表大小相同但 Token 不同</translation>
    </message>
    <message>
        <source>one of them has fewer rows of logits than its tokenizer has tokens</source>
        <translation>其中一个的 logits 行数少于其分词器的 Token 数</translation>
    </message>
    <message>
        <source>it ends within its header</source>
        <translation>文件在文件头内结束</translation>
    </message>
    <message>
        <source>another version of Assay wrote it</source>
        <translation>由其他版本的 Assay 写出</translation>
    </message>
    <message>
        <source>its vocabulary&apos;s hash is none</source>
        <translation>其词表的哈希无效</translation>
    </message>
    <message>
        <source>its chunks have no possible length</source>
        <translation>其块长度不可能</translation>
    </message>
    <message>
        <source>its vocabulary has no possible size</source>
        <translation>其词表大小不可能</translation>
    </message>
    <message>
        <source>it has no chunks</source>
        <translation>其中没有块</translation>
    </message>
    <message>
        <source>it keeps an impossible number of tokens at each position</source>
        <translation>每个位置保留的 Token 数不可能</translation>
    </message>
    <message>
        <source>it does not begin as one</source>
        <translation>其开头不符合</translation>
    </message>
    <message>
        <source>its size is not the one that its header asks for</source>
        <translation>其大小与文件头所述不符</translation>
    </message>
    <message>
        <source>a token of its text is outside its vocabulary</source>
        <translation>其文本中有 Token 超出词表</translation>
    </message>
    <message>
        <source>its vocabulary is larger than the model&apos;s</source>
        <translation>其词表大于该模型的词表</translation>
    </message>
    <message>
        <source>it is of another text, or of another tokenizer</source>
        <translation>它来自其他文本或其他分词器</translation>
    </message>
    <message>
        <source>it is no base64</source>
        <translation>不是 base64</translation>
    </message>
    <message>
        <source>it is too much at once</source>
        <translation>一次过多</translation>
    </message>
    <message>
        <source>none of its lines has two tokens</source>
        <translation>没有任何一行含两个 Token</translation>
    </message>
    <message>
        <source>its log-probabilities are no numbers</source>
        <translation>其对数概率不是数</translation>
    </message>
    <message>
        <source>stands a second time, or was put in</source>
        <translation>重复出现，或系插入</translation>
    </message>
    <message>
        <source>was moved behind a later one</source>
        <translation>被移到了后面的条目之后</translation>
    </message>
    <message>
        <source>was taken out</source>
        <translation>被移除</translation>
    </message>
    <message>
        <source>was changed</source>
        <translation>被更改</translation>
    </message>
    <message>
        <source>does not follow the one before it: it was replaced or put in</source>
        <translation>与前一条不衔接：被替换或系插入</translation>
    </message>
    <message>
        <source>is missing: the end was cut off</source>
        <translation>缺失：末尾被截去</translation>
    </message>
    <message>
        <source>cannot be told from the last one: the file .head beside it is damaged</source>
        <translation>无法根据最后一条判断：旁边的 .head 文件已损坏</translation>
    </message>
    <message>
        <source>it lists no probes or no families</source>
        <translation>未列出任何探针或系列</translation>
    </message>
    <message>
        <source>it has no baseline probe</source>
        <translation>没有基线探针</translation>
    </message>
    <message>
        <source>this is no SHA-256 with a file&apos;s name</source>
        <translation>这不是带文件名的 SHA-256</translation>
    </message>
    <message>
        <source>this is no name of a file inside the folder</source>
        <translation>这不是文件夹内文件的名称</translation>
    </message>
    <message>
        <source>one file is listed twice with different sums</source>
        <translation>同一文件以不同的校验和列出两次</translation>
    </message>
    <message>
        <source>it lists more files than a model has</source>
        <translation>列出的文件多于一个模型所含的文件</translation>
    </message>
    <message>
        <source>it lists no SHA-256 of any file</source>
        <translation>未列出任何文件的 SHA-256</translation>
    </message>
    <message>
        <source>one name stands twice in one object</source>
        <translation>同一对象中有名称出现两次</translation>
    </message>
    <message>
        <source>it begins like JSON and is none</source>
        <translation>开头像 JSON，但并不是 JSON</translation>
    </message>
    <message>
        <source>it is no list of files</source>
        <translation>不是文件清单</translation>
    </message>
    <message>
        <source>an entry names no file</source>
        <translation>有条目未指明文件</translation>
    </message>
    <message>
        <source>it is larger than any such list</source>
        <translation>超出此类清单的大小</translation>
    </message>
    <message>
        <source>another monitor is running with it</source>
        <translation>另一监视进程正在使用它</translation>
    </message>
    <message>
        <source>it is not the baseline whose hash the audit log has</source>
        <translation>不是审计日志中所记哈希对应的基线</translation>
    </message>
    <message>
        <source>A cap on money needs the prices of tokens.</source>
        <translation>设置费用上限需要 Token 价格。</translation>
    </message>
    <message>
        <source>There is no table of token counts.</source>
        <translation>没有 Token 计数表。</translation>
    </message>
    <message>
        <source>it tells log-probabilities of the tokens that it writes, not of the prompt&apos;s</source>
        <translation>它给出所写 Token 的对数概率，而不是提示词的</translation>
    </message>
    <message>
        <source>its answer is not that of a completions API</source>
        <translation>其回答不是补全 API 的回答</translation>
    </message>
    <message>
        <source>it tells no log-probabilities</source>
        <translation>它不给出对数概率</translation>
    </message>
    <message>
        <source>it tells other numbers of tokens and of log-probabilities</source>
        <translation>它给出的 Token 数与对数概率数不同</translation>
    </message>
    <message>
        <source>a token of the prompt has no log-probability</source>
        <translation>提示词中有一个 Token 没有对数概率</translation>
    </message>
    <message>
        <source>behind its context the text has no token of its own</source>
        <translation>在上下文之后，文本没有自己的 Token</translation>
    </message>
    <message>
        <source>the first token of a text has no log-probability, since the server puts no begin token before it</source>
        <translation>文本的首个 Token 没有对数概率，因为服务器没有在其前放置起始 Token</translation>
    </message>
    <message>
        <source>behind its first word there is nothing to score</source>
        <translation>首个词之后没有可评分的内容</translation>
    </message>
    <message>
        <source>An endpoint tells the likeliest of its tokens at most, so that its divergence from a reference is not known; its answers, and likelihoods of texts that it echoes, are compared by assay evaluate</source>
        <translation>端点最多给出最可能的若干 Token，因此其与参考的散度未知；其回答，以及它回显文本的似然，由 assay evaluate 比较</translation>
    </message>
    <message>
        <source>The reference is the endpoint itself.</source>
        <translation>参考就是该端点本身。</translation>
    </message>
    <message>
        <source>The quick size asks nothing of a reference: choose standard or deep.</source>
        <translation>quick 规模不向参考询问任何内容：请选择 standard 或 deep。</translation>
    </message>
    <message>
        <source>Only a bundle has a signature that could be trusted.</source>
        <translation>只有参考包才有可供信任的签名。</translation>
    </message>
    <message>
        <source>this watch has no such endpoint or check</source>
        <translation>此监视没有这样的端点或检查</translation>
    </message>
    <message>
        <source>there is a file of this name</source>
        <translation>已有同名文件</translation>
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
        <source>With the %2 {2:item|items} of %1 a single accuracy is known to about %3 percentage points up or down at worst; smaller differences show only item by item, if at all.</source>
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
    <message>
        <source>Declared inputs</source>
        <translation>声明的输入</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>内存中的权重</translation>
    </message>
    <message>
        <source>Tensors not used</source>
        <translation>未使用的张量</translation>
    </message>
    <message>
        <source>Decoding asked for</source>
        <translation>要求的解码方式</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>解码方式</translation>
    </message>
    <message>
        <source>warm: repeated</source>
        <translation>热：重复相同提示</translation>
    </message>
    <message>
        <source>cold: none begins like another</source>
        <translation>冷：每个提示的开头都不同</translation>
    </message>
    <message>
        <source>Prompts for the server&apos;s cache</source>
        <translation>针对服务器缓存的提示</translation>
    </message>
    <message>
        <source>Measured in turn with</source>
        <translation>与之轮流测量的对象</translation>
    </message>
    <message>
        <source>A device&apos;s clock was held down by heat or by its power limit while it was measured: cooler or with more power it is faster, and it uses another amount of energy.</source>
        <translation>测量期间有设备因发热或功率上限被限频：温度更低或功率更高时它会更快，能耗也会不同。</translation>
    </message>
    <message>
        <source>every load</source>
        <translation>全部负载</translation>
    </message>
    <message>
        <source>%1; similar under %2 more</source>
        <translation>%1；另有 %2 种负载类似</translation>
    </message>
    <message>
        <source>What to know of the figures of endpoints</source>
        <translation>端点数据的注意事项</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Requests sent</source>
        <translation>已发送请求数</translation>
    </message>
    <message>
        <source>What it marks</source>
        <translation>标记含义</translation>
    </message>
    <message>
        <source>Two subjects answered the same items. The difference of their accuracies is in percentage points, first minus second, with Newcombe&apos;s interval for paired proportions; p is McNemar&apos;s exact test on the items that only one of them has right. Of repeated samples, graded scores and clusters it is a permutation test, which changes signs of the items&apos; or clusters&apos; differences.</source>
        <translation>两个被测对象回答了相同的题目。准确率之差以百分点表示，为第一个减第二个，附配对比例的 Newcombe 区间；p 为对仅一方答对的题目所作的 McNemar 精确检验。对于重复采样、分级得分和聚类，则为置换检验，即改变各题或各聚类差值的符号。</translation>
    </message>
    <message>
        <source>Fidelity</source>
        <translation>保真度</translation>
    </message>
    <message>
        <source>Divergences are KL(reference || subject) of the next token in nats, at temperature 1. In brackets stand 95 % intervals with parts of the text taken as independent, behind ± standard errors with positions taken as independent, as llama.cpp prints them. A figure behind ≥ is a lower bound: of the reference only the likeliest tokens were kept.</source>
        <translation>散度为下一 Token 的 KL(基准 || 被测对象)，单位 nat，温度 1。方括号中为将文本各部分视为独立的 95 % 区间，± 之后为将各位置视为独立的标准误差，与 llama.cpp 的输出相同。≥ 之后的数值为下界：基准只保留了最可能的 Token。</translation>
    </message>
    <message>
        <source>Prompts of a local model with experts were random tokens. These spread over more of them than text does, so that text may be faster.</source>
        <translation>某个含专家的本地模型的提示是随机 Token。它们比文本分散到更多专家，因此文本可能更快。</translation>
    </message>
    <message>
        <source>Subjects that are called int8 or pruned are what-ifs, made of the stored weights while they were loaded: no file holds them, nobody trained them again. Zeros of a pruned one are stored and multiplied like all numbers, so that its times and memory are those of the whole model.</source>
        <translation>标为 int8 或剪枝的被测对象是假设变体，在加载时由已存权重得出：没有文件保存它们，也未重新训练。剪枝变体的零与其他数一样存储和相乘，因此其时间和内存与完整模型相同。</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>The verdict is on the first: better when its interval lies above 0, not inferior above the margin of -%1 points, inferior below it, else undecided. Items to tell apart: how many it takes to show a difference of this size with a power of 80 %.</source>
        <translation>结论针对第一个：区间高于 0 为更优，高于 -%1 个百分点的界值为非劣，低于界值为劣，否则未定。区分所需题数：以 80 % 的检验功效显示此大小的差异需要多少题。</translation>
    </message>
    <message>
        <source>Items to tell apart</source>
        <translation>区分所需题数</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>In what the runs were not made alike</source>
        <translation>各运行记录的不同之处</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>What follows</source>
        <translation>后果</translation>
    </message>
    <message>
        <source>no number can be compared</source>
        <translation>没有可比较的数值</translation>
    </message>
    <message>
        <source>%1 against %2: %3</source>
        <translation>%1 对照 %2：%3</translation>
    </message>
    <message>
        <source>In per cent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>Interval of</source>
        <translation>区间来源</translation>
    </message>
    <message>
        <source>Differences of the runs</source>
        <translation>运行记录之差</translation>
    </message>
    <message>
        <source>The runs were made alike.</source>
        <translation>各运行记录的做法相同。</translation>
    </message>
    <message>
        <source>A difference is the run&apos;s value minus the reference&apos;s, with its 95 % interval; paired where both asked the same prompts or repetitions. Where the interval holds no difference at all, the difference is smaller than noise.</source>
        <translation>差值为运行记录的值减去基准的值，附 95 % 区间；两者询问相同提示或重复相同次数时配对。区间包含零差异时，差值小于噪声。</translation>
    </message>
    <message>
        <source>Comparison of runs</source>
        <translation>运行记录对比</translation>
    </message>
    <message>
        <source>%1: %2 more are drawn</source>
        <translation>%1：另画出 %2 个</translation>
    </message>
    <message>
        <source>%1 cannot see: %2</source>
        <translation>%1 无法看出：%2</translation>
    </message>
    <message>
        <source>%1, claimed as %2: %3. %4</source>
        <translation>%1，声明为 %2：%3。%4</translation>
    </message>
    <message>
        <source>Broken off before its end: what stands here is what was found until then.</source>
        <translation>未完成即中断：此处所列为中断前的发现。</translation>
    </message>
    <message>
        <source>Why: %1</source>
        <translation>原因：%1</translation>
    </message>
    <message>
        <source>Not determined: %1</source>
        <translation>未确定：%1</translation>
    </message>
    <message>
        <source>What would decide: %1</source>
        <translation>可据以判定的依据：%1</translation>
    </message>
    <message>
        <source>Notes: %1</source>
        <translation>备注：%1</translation>
    </message>
    <message>
        <source>Identity of %1</source>
        <translation>%1 的身份</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Each endpoint is compared with itself: a change says that something behind the address changed, not what. A check of log-probabilities or border inputs is wrong of an unchanged endpoint, whose answers depend on no hour, in at most %1 of watches within %2 checks.</source>
        <translation>每个端点只与自身比较：变化说明地址背后有所改变，而不说明改变了什么。对于未变且回答不随时间而异的端点，对数概率或边界输入的检查在 %2 次检查之内出错的监视最多占 %1。</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>%1 {1:line|lines} of the history cannot be read and {1:counts|count} for nothing.</source>
        <translation>历史记录中有 %1 行无法读取，不计入。</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>The last %1 entries</source>
        <translation>最后 %1 条</translation>
    </message>
    <message>
        <source>The last entry and its hash, to be kept elsewhere: %1:%2</source>
        <translation>最后一条及其哈希，请另行保存：%1:%2</translation>
    </message>
    <message>
        <source>Watch over time</source>
        <translation>长期监视</translation>
    </message>
    <message>
        <source>Watch over time: %1</source>
        <translation>长期监视：%1</translation>
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
    <name>Run</name>
    <message>
        <source>%1 as stored in %2</source>
        <translation>%1 按存储的 %2</translation>
    </message>
    <message>
        <source>%1 in %3 from %2</source>
        <translation>%1 由 %2 转为 %3</translation>
    </message>
    <message>
        <source>%1 more {1:kind|kinds}</source>
        <translation>另有 %1 种</translation>
    </message>
    <message>
        <source>%1: %2 {2:parameter|parameters}</source>
        <translation>%1：%2 个参数</translation>
    </message>
    <message>
        <source>%1 {1:tensor|tensors}: %2</source>
        <translation>%1 个张量：%2</translation>
    </message>
    <message>
        <source>by recorded graphs</source>
        <translation>按录制的计算图</translation>
    </message>
    <message>
        <source>step by step</source>
        <translation>逐步</translation>
    </message>
    <message>
        <source>step by step: %1</source>
        <translation>逐步：%1</translation>
    </message>
    <message>
        <source>%1, each token read at once</source>
        <translation>%1，每个 Token 立即读出</translation>
    </message>
    <message>
        <source>text: sentences of common words</source>
        <translation>文本：由常用词组成的句子</translation>
    </message>
    <message>
        <source>random tokens</source>
        <translation>随机 Token</translation>
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
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>ended at its limit of %1</source>
        <translation>达到 %1 的上限而结束</translation>
    </message>
    <message>
        <source>ended before it could pass its limit of %1</source>
        <translation>在超出 %1 的上限之前结束</translation>
    </message>
    <message>
        <source>%1 {1:request|requests}</source>
        <translation>%1 个请求</translation>
    </message>
    <message>
        <source>%1 {1:token|tokens}</source>
        <translation>%1 个 Token</translation>
    </message>
    <message>
        <source>%1 of %2 {2:answer|answers}</source>
        <translation>%2 个回答中的 %1 个</translation>
    </message>
    <message>
        <source>%1 of %2 {2:request|requests}</source>
        <translation>%2 个请求中的 %1 个</translation>
    </message>
    <message>
        <source>%1 {1:answer|answers}</source>
        <translation>%1 个回答</translation>
    </message>
    <message>
        <source>ended at its limit</source>
        <translation>达到上限而结束</translation>
    </message>
    <message>
        <source>%1 after %2</source>
        <translation>%1（%2 之后）</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>reasoning</source>
        <translation>推理内容</translation>
    </message>
    <message>
        <source>tool call</source>
        <translation>工具调用</translation>
    </message>
    <message>
        <source>Errors by kind</source>
        <translation>各类错误</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>答题结果</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>前向通过</translation>
    </message>
    <message>
        <source>prompt %1, output %2</source>
        <translation>提示 %1，输出 %2</translation>
    </message>
    <message>
        <source>%1, batch %2</source>
        <translation>%1，批大小 %2</translation>
    </message>
    <message>
        <source>%1; closed loop, %2 in flight</source>
        <translation>%1；闭环，在途 %2</translation>
    </message>
    <message>
        <source>%1; open loop, constant %2/s</source>
        <translation>%1；开环，恒定 %2/s</translation>
    </message>
    <message>
        <source>%1; open loop, Poisson %2/s</source>
        <translation>%1；开环，泊松 %2/s</translation>
    </message>
    <message>
        <source>%1; open loop, trace</source>
        <translation>%1；开环，轨迹</translation>
    </message>
    <message>
        <source>%1 of %2 right (%3)</source>
        <translation>%2 题中答对 %1（%3）</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>基准测试</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>Runtime</name>
    <message>
        <source>the cache is rounded up to 256 tokens</source>
        <translation>缓存向上取整到 256 Token</translation>
    </message>
    <message>
        <source>latent attention keeps the compressed cache; files converted before April 2025 keep that of every head</source>
        <translation>潜在注意力保留压缩缓存；2025 年 4 月前转换的文件保留每个头的缓存</translation>
    </message>
    <message>
        <source>a layer with a window keeps the window and the batch, rounded up</source>
        <translation>带窗口的层保留窗口加批，向上取整</translation>
    </message>
    <message>
        <source>512 tokens at once; the compute buffer holds their logits and states as 32-bit numbers: 304.00 MiB for Qwen2.5 7B, 105.00 MiB for TriLM 3.9B, as logged</source>
        <translation>一次 512 Token；计算缓冲区以 32 位数存放其 logits 和状态：日志中 Qwen2.5 7B 为 304.00 MiB，TriLM 3.9B 为 105.00 MiB</translation>
    </message>
    <message>
        <source>without flash attention two copies of all heads&apos; scores come on top: 2.4 GB for DeepSeek-V2-Lite at 32k, as reported</source>
        <translation>没有 flash attention 时另加所有头的分数两份：据报告 DeepSeek-V2-Lite 在 32k 时为 2.4 GB</translation>
    </message>
    <message>
        <source>300 to 400 MB for the CUDA context</source>
        <translation>CUDA 上下文 300 到 400 MB</translation>
    </message>
    <message>
        <source>allows itself 90 % of the device (gpu_memory_utilization) and fills it with cache</source>
        <translation>允许自己使用设备的 90 %（gpu_memory_utilization），并用缓存填满</translation>
    </message>
    <message>
        <source>the cache is kept in blocks of 16 tokens; latent attention keeps the compressed cache</source>
        <translation>缓存以 16 Token 为块；潜在注意力保留压缩缓存</translation>
    </message>
    <message>
        <source>layers with a window keep the window alone where the hybrid cache manager is on; else all layers keep everything</source>
        <translation>混合缓存管理器开启时带窗口的层只保留窗口；否则所有层保留全部</translation>
    </message>
    <message>
        <source>2048 to 8192 tokens at once, logits of 256 sequences; attention is fused</source>
        <translation>一次 2048 到 8192 Token，256 个序列的 logits；注意力已融合</translation>
    </message>
    <message>
        <source>0.20 to 1.79 GiB outside of PyTorch on one device</source>
        <translation>单个设备上 PyTorch 之外 0.20 到 1.79 GiB</translation>
    </message>
    <message>
        <source>activations checked against a log</source>
        <translation>激活已与日志核对</translation>
    </message>
    <message>
        <source>the cache is kept token by token; latent attention keeps the compressed cache</source>
        <translation>缓存逐 Token 保存；潜在注意力保留压缩缓存</translation>
    </message>
    <message>
        <source>2048 to 8192 tokens at once (chunked prefill); attention is fused</source>
        <translation>一次 2048 到 8192 Token（分块预填充）；注意力已融合</translation>
    </message>
    <message>
        <source>outside of PyTorch as much as vLLM: the same libraries</source>
        <translation>PyTorch 之外与 vLLM 相同：库相同</translation>
    </message>
    <message>
        <source>latent attention keeps keys and values of every head; compressed since August 2026</source>
        <translation>潜在注意力保留每个头的键和值；2026 年 8 月起为压缩缓存</translation>
    </message>
    <message>
        <source>layers with a window keep the window alone</source>
        <translation>带窗口的层只保留窗口</translation>
    </message>
    <message>
        <source>the whole prompt at once, logits of its last token; attention is fused (SDPA)</source>
        <translation>整个提示一次处理，只算最后一个 Token 的 logits；注意力已融合（SDPA）</translation>
    </message>
    <message>
        <source>300 MB to 1 GB for the CUDA context with PyTorch&apos;s kernels</source>
        <translation>CUDA 上下文连同 PyTorch 的内核 300 MB 到 1 GB</translation>
    </message>
    <message>
        <source>one cache of fixed size for every layer, windows included</source>
        <translation>每层一个固定大小的缓存，窗口层也一样</translation>
    </message>
    <message>
        <source>a prompt is read in pieces of 32 to 512 tokens on a CPU, 2048 on a GPU</source>
        <translation>提示在 CPU 上以 32 到 512 Token 为一段读取，在 GPU 上为 2048</translation>
    </message>
    <message>
        <source>scores of 256 tokens at a time, as 32-bit numbers, two to three copies</source>
        <translation>一次 256 Token 的分数，32 位数，两到三份</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>按存储形式</translation>
    </message>
</context>
<context>
    <name>Saturation</name>
    <message>
        <source>No level was measured.</source>
        <translation>没有测量任何档位。</translation>
    </message>
    <message>
        <source>Even at %1, the lowest level, only %2 of the answers are good enough.</source>
        <translation>即使在最低档位 %1，也只有 %2 的回答达标。</translation>
    </message>
    <message>
        <source>%1 is the highest level with good answers: at %2 only %3 are.</source>
        <translation>%1 是回答达标的最高档位：在 %2 只有 %3 达标。</translation>
    </message>
    <message>
        <source>From %1 to %2 the throughput does not grow by more than noise (%3, %4).</source>
        <translation>从 %1 到 %2，吞吐的增长没有超出噪声（%3、%4）。</translation>
    </message>
    <message>
        <source>Up to %1, the highest level, the throughput grows: the server may bear more.</source>
        <translation>直到最高档位 %1，吞吐仍在增长：服务器或许能承受更多。</translation>
    </message>
    <message>
        <source>From %1 to %2 the throughput grows by less than its noise (%3, %4): longer levels would tell whether the server bears more.</source>
        <translation>从 %1 到 %2，吞吐的增长小于其噪声（%3、%4）：延长各档位的时长可判断服务器能否承受更高负载。</translation>
    </message>
</context>
<context>
    <name>Scorer</name>
    <message>
        <source>Exact match</source>
        <translation>精确匹配</translation>
    </message>
    <message>
        <source>Accuracy by log-likelihood</source>
        <translation>按对数似然的准确率</translation>
    </message>
    <message>
        <source>1 when the extracted answer equals one of the right answers, else 0. Blanks around them do not count; case, ASCII punctuation, digits and matches of regular expressions do not count where the suite says so.</source>
        <translation>提取出的回答与任一正确答案相同为 1，否则为 0。首尾空白不计；评测集要求时，大小写、ASCII 标点、数字以及正则表达式匹配的部分也不计。</translation>
    </message>
    <message>
        <source>Blanks around answers are cut. Regular expressions are PCRE2&apos;s, and an answer on which one takes too many steps is undecided.</source>
        <translation>去除回答首尾空白。正则表达式采用 PCRE2；匹配步数过多的回答不作判定。</translation>
    </message>
    <message>
        <source>Quasi-exact match</source>
        <translation>准精确匹配</translation>
    </message>
    <message>
        <source>Exact match in lower case, without ASCII punctuation, without the articles a, an and the, and with single spaces.</source>
        <translation>转为小写、去除 ASCII 标点和冠词 a、an、the 并合并空格后的精确匹配。</translation>
    </message>
    <message>
        <source>SQuAD exact match</source>
        <translation>SQuAD 精确匹配</translation>
    </message>
    <message>
        <source>Exact match of the answers&apos; words without case, ASCII punctuation and articles; the best over the right answers. An empty answer is right where there is no answer.</source>
        <translation>忽略大小写、ASCII 标点和冠词后按词精确匹配；取各正确答案中的最佳值。无答案的题目，空回答为正确。</translation>
    </message>
    <message>
        <source>An answer that says only that there is none (&quot;unanswerable&quot;) counts as empty, unless it is a right answer itself. No threshold on a no-answer probability.</source>
        <translation>仅说明无答案（&quot;unanswerable&quot;）的回答视为空回答，除非它本身就是正确答案。不对无答案概率设阈值。</translation>
    </message>
    <message>
        <source>SQuAD F1</source>
        <translation>SQuAD F1</translation>
    </message>
    <message>
        <source>F1 of the answers&apos; words, each counted as often as it occurs in both; the best over the right answers. Without words on one side: 1 if the other has none either, else 0.</source>
        <translation>按词计算的 F1，每个词按两侧共有的次数计；取各正确答案中的最佳值。一侧没有词时：另一侧也没有则为 1，否则为 0。</translation>
    </message>
    <message>
        <source>SQuAD exact match, Chinese and Japanese</source>
        <translation>SQuAD 精确匹配（中文和日文）</translation>
    </message>
    <message>
        <source>As SQuAD exact match, for text that sets no words apart: each Chinese, Japanese or Korean character is a word, full-width signs count as ASCII, and punctuation of every script is removed.</source>
        <translation>与 SQuAD 精确匹配相同，用于词间无空格的文本：每个中日韩字符为一个词，全角符号视为 ASCII，去除所有文字的标点。</translation>
    </message>
    <message>
        <source>SQuAD F1, Chinese and Japanese</source>
        <translation>SQuAD F1（中文和日文）</translation>
    </message>
    <message>
        <source>As SQuAD F1, for text that sets no words apart: each Chinese, Japanese or Korean character is a word, full-width signs count as ASCII, and punctuation of every script is removed.</source>
        <translation>与 SQuAD F1 相同，用于词间无空格的文本：每个中日韩字符为一个词，全角符号视为 ASCII，去除所有文字的标点。</translation>
    </message>
    <message>
        <source>F1 of word sets</source>
        <translation>词集合 F1</translation>
    </message>
    <message>
        <source>F1 of the sets of words of two answers, each word counted once, without case, ASCII punctuation and articles; the best over the right answers.</source>
        <translation>两个回答词集合的 F1，每个词只计一次，忽略大小写、ASCII 标点和冠词；取各正确答案中的最佳值。</translation>
    </message>
    <message>
        <source>GSM8K, strict</source>
        <translation>GSM8K（严格）</translation>
    </message>
    <message>
        <source>The number behind the first &quot;#### &quot;, compared as text without commas, dollar signs and a last full stop.</source>
        <translation>第一个 &quot;#### &quot; 之后的数字，去除逗号、美元符号和末尾句点后按文本比较。</translation>
    </message>
    <message>
        <source>An answer without such a number is unparsed, not wrong.</source>
        <translation>没有这样的数字的回答计为无法解析，不计为答错。</translation>
    </message>
    <message>
        <source>GSM8K, flexible</source>
        <translation>GSM8K（宽松）</translation>
    </message>
    <message>
        <source>The last number of the answer, compared as text without commas, dollar signs and a last full stop.</source>
        <translation>回答中的最后一个数字，去除逗号、美元符号和末尾句点后按文本比较。</translation>
    </message>
    <message>
        <source>An answer without a number is unparsed, not wrong; one that the limit cut off right behind its last number is truncated.</source>
        <translation>没有数字的回答计为无法解析，不计为答错；恰在最后一个数字之后因达到上限而中断的计为被截断。</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>The number in the last box, else behind the last &quot;####&quot;, else the last number, compared by exact value: 0.50 is 1/2 is 50 %. One that rounds the right one is undecided.</source>
        <translation>依次取最后一个 box 中的数字、最后一个 &quot;####&quot; 之后的数字或最后一个数字，按精确值比较：0.50、1/2 与 50 % 相同。正确值的舍入值不作判定。</translation>
    </message>
    <message>
        <source>Mathematical answer</source>
        <translation>数学答案</translation>
    </message>
    <message>
        <source>The content of the last \boxed or \fbox. Right where Hendrycks&apos; normal forms are equal, or exact values of numbers, fractions, percentages, tuples, intervals and sets are. What cannot be told by rule is undecided.</source>
        <translation>最后一个 \boxed 或 \fbox 的内容。Hendrycks 规范形式相同，或数、分数、百分数、元组、区间和集合的精确值相同，即为正确。规则无法判断的不作判定。</translation>
    </message>
    <message>
        <source>Where Hendrycks&apos; comparison calls two texts different, it decides only what exact values decide.</source>
        <translation>当 Hendrycks 比较认为两段文本不同时，只判定精确值能够判定的内容。</translation>
    </message>
    <message>
        <source>MATH, Hendrycks</source>
        <translation>MATH（Hendrycks）</translation>
    </message>
    <message>
        <source>The content of the last \boxed or \fbox, compared as text in the normal form of the MATH data set.</source>
        <translation>最后一个 \boxed 或 \fbox 的内容，按 MATH 数据集的规范形式作文本比较。</translation>
    </message>
    <message>
        <source>A \boxed without braces in prose does not hide the box before it; no box is unparsed, not wrong.</source>
        <translation>正文中不带花括号的 \boxed 不会遮盖它之前的 box；没有 box 计为无法解析，不计为答错。</translation>
    </message>
    <message>
        <source>Option letter</source>
        <translation>选项字母</translation>
    </message>
    <message>
        <source>The letter of the last phrase that gives an answer (&quot;answer is B&quot;, &quot;\boxed{B}&quot;, &quot;故选B&quot;), or an answer that is nothing but a letter; of full width, too. A letter elsewhere never counts.</source>
        <translation>最后一处给出答案的短语中的字母（&quot;answer is B&quot;、&quot;\boxed{B}&quot;、&quot;故选B&quot;），或仅为一个字母的回答；全角亦可。其他位置的字母一律不计。</translation>
    </message>
    <message>
        <source>simple-evals takes the first &quot;Answer:&quot;, OpenCompass falls back to any letter, lm-evaluation-harness&apos; GPQA drops the last character.</source>
        <translation>simple-evals 取第一个 &quot;Answer:&quot;，OpenCompass 会退而取任意字母，lm-evaluation-harness 的 GPQA 会丢掉最后一个字符。</translation>
    </message>
    <message>
        <source>Label word</source>
        <translation>标签词</translation>
    </message>
    <message>
        <source>The class whose word the answer names; several named ones are undecided. The figure is the share that is right.</source>
        <translation>回答所提及的词对应的类别；提及多个则不作判定。指标为正确的比例。</translation>
    </message>
    <message>
        <source>Label word, Matthews correlation</source>
        <translation>标签词，Matthews 相关系数</translation>
    </message>
    <message>
        <source>Matthews correlation of the classes that label words name (GLUE: CoLA, AX). No class found is a wrong class of its own.</source>
        <translation>标签词所指类别的 Matthews 相关系数（GLUE：CoLA、AX）。未找到类别视为一个单独的错误类别。</translation>
    </message>
    <message>
        <source>Label word, F1</source>
        <translation>标签词，F1</translation>
    </message>
    <message>
        <source>F1 of the second class of those that label words name (GLUE: MRPC, QQP). No class found is a wrong class of its own.</source>
        <translation>标签词所指类别中第二个类别的 F1（GLUE：MRPC、QQP）。未找到类别视为一个单独的错误类别。</translation>
    </message>
    <message>
        <source>Pearson correlation</source>
        <translation>Pearson 相关系数</translation>
    </message>
    <message>
        <source>Pearson correlation of the last numbers of the answers with the right ones (GLUE: STS-B).</source>
        <translation>回答中最后一个数字与正确值的 Pearson 相关系数（GLUE：STS-B）。</translation>
    </message>
    <message>
        <source>Answers without a number are left out and counted.</source>
        <translation>没有数字的回答不参与计算，但计入数目。</translation>
    </message>
    <message>
        <source>Spearman correlation</source>
        <translation>Spearman 相关系数</translation>
    </message>
    <message>
        <source>Spearman rank correlation of the last numbers of the answers with the right ones (GLUE: STS-B).</source>
        <translation>回答中最后一个数字与正确值的 Spearman 秩相关系数（GLUE：STS-B）。</translation>
    </message>
    <message>
        <source>RULER, all</source>
        <translation>RULER（全部）</translation>
    </message>
    <message>
        <source>Share of the expected texts that the answer contains, without case. All of an item&apos;s answers are expected.</source>
        <translation>回答中包含的期望文本所占比例，不区分大小写。题目的所有答案均为期望文本。</translation>
    </message>
    <message>
        <source>RULER, part</source>
        <translation>RULER（部分）</translation>
    </message>
    <message>
        <source>1 when the answer contains any of the expected texts, without case, else 0.</source>
        <translation>回答包含任一期望文本为 1，否则为 0，不区分大小写。</translation>
    </message>
    <message>
        <source>lm-evaluation-harness averages here instead.</source>
        <translation>lm-evaluation-harness 此处改取平均。</translation>
    </message>
    <message>
        <source>Facts retrieved</source>
        <translation>找回的事实</translation>
    </message>
    <message>
        <source>Share of an item&apos;s answers, each a fact, whose words stand together in the text; ways to say one are set apart by bars. Case, accents, possessives, commas in numbers and number words up to twenty do not matter.</source>
        <translation>题目的每个答案为一个事实，指标为词语连续出现在文本中的事实所占比例；同一事实的不同说法以竖线分隔。大小写、重音符号、所有格、数字中的逗号以及二十以内的数词写法均不影响。</translation>
    </message>
    <message>
        <source>Code that passes its tests</source>
        <translation>通过测试的代码</translation>
    </message>
    <message>
        <source>1 when the program of preamble, answer and test ran to its end in the sandbox, else 0. Code that was not executed is unparsed.</source>
        <translation>由前置代码、回答和测试组成的程序在沙箱中运行到结束为 1，否则为 0。未执行的代码计为无法解析。</translation>
    </message>
    <message>
        <source>It runs in a sandbox or not at all; the time limit is the run&apos;s.</source>
        <translation>只在沙箱中运行，否则不运行；时间上限由运行设定。</translation>
    </message>
    <message>
        <source>The choice of the largest log-likelihood after the prompt; of equal ones the first.</source>
        <translation>提示词之后对数似然最大的选项；相等时取第一个。</translation>
    </message>
    <message>
        <source>Accuracy by log-likelihood per character</source>
        <translation>按每字符对数似然的准确率</translation>
    </message>
    <message>
        <source>The choice of the largest log-likelihood divided by its characters (code points); a leading space is the prompt&apos;s and does not count.</source>
        <translation>对数似然除以字符数（码点）后最大的选项；开头的空格属于提示词，不计入。</translation>
    </message>
    <message>
        <source>Accuracy by log-likelihood per character, space counted</source>
        <translation>按每字符对数似然的准确率（计空格）</translation>
    </message>
    <message>
        <source>The choice of the largest log-likelihood divided by its characters (code points), a leading space among them.</source>
        <translation>对数似然除以字符数（码点，含开头的空格）后最大的选项。</translation>
    </message>
    <message>
        <source>Accuracy by log-likelihood per byte</source>
        <translation>按每字节对数似然的准确率</translation>
    </message>
    <message>
        <source>The choice of the largest log-likelihood divided by its bytes in UTF-8; a leading space does not count.</source>
        <translation>对数似然除以 UTF-8 字节数后最大的选项；开头的空格不计入。</translation>
    </message>
    <message>
        <source>Accuracy by log-likelihood per token</source>
        <translation>按每 Token 对数似然的准确率</translation>
    </message>
    <message>
        <source>The choice of the largest log-likelihood divided by its tokens.</source>
        <translation>对数似然除以 Token 数后最大的选项。</translation>
    </message>
    <message>
        <source>Accuracy by mutual information</source>
        <translation>按互信息的准确率</translation>
    </message>
    <message>
        <source>The choice that gains most log-likelihood by the prompt: after it, less after nothing.</source>
        <translation>因提示词而对数似然增加最多的选项：有提示词时的值减去无提示词时的值。</translation>
    </message>
    <message>
        <source>Matthews correlation by log-likelihood</source>
        <translation>按对数似然的 Matthews 相关系数</translation>
    </message>
    <message>
        <source>Matthews correlation of the choices of the largest log-likelihood with the right ones.</source>
        <translation>对数似然最大的选项与正确选项的 Matthews 相关系数。</translation>
    </message>
    <message>
        <source>F1 by log-likelihood</source>
        <translation>按对数似然的 F1</translation>
    </message>
    <message>
        <source>F1 of the second choice, by the largest log-likelihood.</source>
        <translation>按最大对数似然计算的第二个选项的 F1。</translation>
    </message>
    <message>
        <source>Brier score</source>
        <translation>Brier 分数</translation>
    </message>
    <message>
        <source>Sum over the choices of the squared difference of probability (softmax of the log-likelihoods) and truth; 0 to 2, lower is better. Right and wrong go by the likeliest choice.</source>
        <translation>各选项概率（对数似然的 softmax）与真值之差的平方和；取值 0 到 2，越低越好。对错按最可能的选项判定。</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>exp of the mean negative log-likelihood of a token, over all texts. Comparable only where tokenizers are the same.</source>
        <translation>所有文本上每 Token 负对数似然均值的 exp。仅在分词器相同时可比。</translation>
    </message>
    <message>
        <source>Word perplexity</source>
        <translation>词困惑度</translation>
    </message>
    <message>
        <source>exp of the negative log-likelihood divided by the words, over all texts.</source>
        <translation>所有文本上负对数似然除以词数后的 exp。</translation>
    </message>
    <message>
        <source>Bits per byte</source>
        <translation>每字节比特数</translation>
    </message>
    <message>
        <source>Negative log-likelihood in bits, divided by the bytes in UTF-8, over all texts. Comparable across tokenizers.</source>
        <translation>所有文本上以比特计的负对数似然除以 UTF-8 字节数。可跨分词器比较。</translation>
    </message>
    <message>
        <source>Top-1 accuracy</source>
        <translation>Top-1 准确率</translation>
    </message>
    <message>
        <source>The likeliest class is the right one.</source>
        <translation>最可能的类别即为正确类别。</translation>
    </message>
    <message>
        <source>Top-5 accuracy</source>
        <translation>Top-5 准确率</translation>
    </message>
    <message>
        <source>The right class is among the five likeliest.</source>
        <translation>正确类别在最可能的五个之中。</translation>
    </message>
</context>
<context>
    <name>Service</name>
    <message>
        <source>another process (%1) is measuring this and goes on by itself: there is nothing to resume</source>
        <translation>另一个进程（%1）正在测量并自行继续：没有可恢复的内容</translation>
    </message>
    <message>
        <source>another process is measuring this and goes on by itself: there is nothing to resume</source>
        <translation>另一个进程正在测量并自行继续：没有可恢复的内容</translation>
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
    <name>Slo</name>
    <message>
        <source>mlperf.conf of MLPerf Inference, server; it asks 99 % of the requests to meet it</source>
        <translation>MLPerf Inference 的 mlperf.conf，server；要求 99 % 的请求达标</translation>
    </message>
    <message>
        <source>mlperf.conf of MLPerf Inference, interactive; it asks 99 % of the requests to meet it</source>
        <translation>MLPerf Inference 的 mlperf.conf，interactive；要求 99 % 的请求达标</translation>
    </message>
    <message>
        <source>our own choice: text that comes faster than one reads, after a second at most</source>
        <translation>我们自己的选择：文本至多一秒后出现，且快于阅读速度</translation>
    </message>
    <message>
        <source>our own choice: as chat, with time to read long prompts</source>
        <translation>我们自己的选择：同 chat，但留出读取长提示的时间</translation>
    </message>
    <message>
        <source>our own choice: a completion of some lines while one types on</source>
        <translation>我们自己的选择：边输入边补全几行</translation>
    </message>
    <message>
        <source>our own choice: thousands of tokens before the answer need speed; it begins within a minute</source>
        <translation>我们自己的选择：回答之前有数千 Token，因此需要速度；一分钟内开始</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>better</source>
        <translation>更优</translation>
    </message>
    <message>
        <source>not inferior</source>
        <translation>非劣</translation>
    </message>
    <message>
        <source>inferior</source>
        <translation>较劣</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>未定</translation>
    </message>
</context>
<context>
    <name>Statistics</name>
    <message>
        <source>Elements</source>
        <translation>元素</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>L2 norm</source>
        <translation>L2 范数</translation>
    </message>
    <message>
        <source>%1 of |v| below</source>
        <translation>|v| 的 %1 分位</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>零</translation>
    </message>
    <message>
        <source>NaN</source>
        <translation>NaN</translation>
    </message>
    <message>
        <source>Infinite</source>
        <translation>无穷</translation>
    </message>
    <message>
        <source>Rows of zeros</source>
        <translation>全零的行</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>不同的值</translation>
    </message>
    <message>
        <source>Distribution of the values</source>
        <translation>数值的分布</translation>
    </message>
    <message>
        <source>value; bins grow with the distance from zero</source>
        <translation>数值；离零越远区间越宽</translation>
    </message>
    <message>
        <source>value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>values in a bin</source>
        <translation>区间内的数值个数</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>Norm of each row (output channel)</source>
        <translation>每行的范数（输出通道）</translation>
    </message>
    <message>
        <source>Norm of each column (input channel)</source>
        <translation>每列的范数（输入通道）</translation>
    </message>
    <message>
        <source>row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>StepPart</name>
    <message>
        <source>norms and the rest</source>
        <translation>归一化及其余</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>products with weights</source>
        <translation>与权重的乘法</translation>
    </message>
    <message>
        <source>head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>choosing the token</source>
        <translation>选取 Token</translation>
    </message>
</context>
<context>
    <name>Suite form</name>
    <message>
        <source>Our own JSONL: an optional header, then one item a line</source>
        <translation>自有 JSONL 格式：可选的文件头，之后每行一题</translation>
    </message>
    <message>
        <source>A suite description: JSON with &quot;assay_suite&quot;</source>
        <translation>评测集描述：含 &quot;assay_suite&quot; 的 JSON</translation>
    </message>
    <message>
        <source>MMLU: CSV without a header</source>
        <translation>MMLU：无表头的 CSV</translation>
    </message>
    <message>
        <source>C-Eval: CSV with id, question, A to D, answer</source>
        <translation>C-Eval：含 id、question、A 至 D、answer 的 CSV</translation>
    </message>
    <message>
        <source>Multiple choice: CSV with question, A to D, answer</source>
        <translation>选择题：含 question、A 至 D、answer 的 CSV</translation>
    </message>
    <message>
        <source>MMLU as JSONL: question, choices, answer&apos;s index</source>
        <translation>JSONL 形式的 MMLU：question、choices、答案序号</translation>
    </message>
    <message>
        <source>ARC as JSONL: question, choices with text and label, answerKey</source>
        <translation>JSONL 形式的 ARC：question、含 text 和 label 的 choices、answerKey</translation>
    </message>
    <message>
        <source>GPQA: CSV with Question, Correct Answer, Incorrect Answer 1 to 3</source>
        <translation>GPQA：含 Question、Correct Answer、Incorrect Answer 1 至 3 的 CSV</translation>
    </message>
    <message>
        <source>HumanEval: JSONL with task_id, prompt, entry_point, test</source>
        <translation>HumanEval：含 task_id、prompt、entry_point、test 的 JSONL</translation>
    </message>
    <message>
        <source>GSM8K: JSONL with question and answer, the number behind ####</source>
        <translation>GSM8K：含 question 和 answer 的 JSONL，数值在 #### 之后</translation>
    </message>
    <message>
        <source>MATH: JSONL with problem, solution, level, type</source>
        <translation>MATH：含 problem、solution、level、type 的 JSONL</translation>
    </message>
    <message>
        <source>AIME and alike: JSONL with problem and answer</source>
        <translation>AIME 等：含 problem 和 answer 的 JSONL</translation>
    </message>
    <message>
        <source>AIME and alike: JSONL with Problem and Answer</source>
        <translation>AIME 等：含 Problem 和 Answer 的 JSONL</translation>
    </message>
    <message>
        <source>SQuAD 1.1 and 2.0</source>
        <translation>SQuAD 1.1 和 2.0</translation>
    </message>
    <message>
        <source>GLUE SST-2</source>
        <translation>GLUE SST-2</translation>
    </message>
    <message>
        <source>GLUE MRPC</source>
        <translation>GLUE MRPC</translation>
    </message>
    <message>
        <source>GLUE QQP</source>
        <translation>GLUE QQP</translation>
    </message>
    <message>
        <source>GLUE STS-B</source>
        <translation>GLUE STS-B</translation>
    </message>
    <message>
        <source>GLUE MNLI</source>
        <translation>GLUE MNLI</translation>
    </message>
    <message>
        <source>GLUE QNLI</source>
        <translation>GLUE QNLI</translation>
    </message>
    <message>
        <source>GLUE RTE</source>
        <translation>GLUE RTE</translation>
    </message>
    <message>
        <source>GLUE WNLI</source>
        <translation>GLUE WNLI</translation>
    </message>
    <message>
        <source>GLUE CoLA: TSV without a header</source>
        <translation>GLUE CoLA：无表头的 TSV</translation>
    </message>
    <message>
        <source>Any JSONL with question and answer</source>
        <translation>任何含 question 和 answer 的 JSONL</translation>
    </message>
    <message>
        <source>Any JSONL with prompt and answer</source>
        <translation>任何含 prompt 和 answer 的 JSONL</translation>
    </message>
    <message>
        <source>JSONL with text, for perplexity</source>
        <translation>含 text 的 JSONL，用于困惑度</translation>
    </message>
    <message>
        <source>Any CSV with question and answer</source>
        <translation>任何含 question 和 answer 的 CSV</translation>
    </message>
    <message>
        <source>Any CSV with prompt and answer</source>
        <translation>任何含 prompt 和 answer 的 CSV</translation>
    </message>
    <message>
        <source>Plain text, for perplexity</source>
        <translation>纯文本，用于困惑度</translation>
    </message>
    <message>
        <source>Images in a folder for each class, or beside a file of labels</source>
        <translation>按类别分文件夹的图像，或与标签文件放在一起的图像</translation>
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
    <name>Throttle</name>
    <message>
        <source>power cap</source>
        <translation>功率上限</translation>
    </message>
    <message>
        <source>hardware slowdown</source>
        <translation>硬件降频</translation>
    </message>
    <message>
        <source>sync boost</source>
        <translation>同步加速</translation>
    </message>
    <message>
        <source>thermal slowdown by the driver</source>
        <translation>驱动因温度降频</translation>
    </message>
    <message>
        <source>thermal slowdown by the hardware</source>
        <translation>硬件因温度降频</translation>
    </message>
    <message>
        <source>power brake</source>
        <translation>外部功率制动</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>%1 {1:byte|bytes}</source>
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
        <source>the {1:shape|shapes} of %1 {1:tensor|tensors}; %2 quantization {2:scale|scales} and %3 buffer {3:element|elements} are left out</source>
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
        <source>%1 {1:token|tokens}</source>
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
        <source>%1 {1:head|heads}</source>
        <translation>%1 头</translation>
    </message>
    <message>
        <source>KV per token</source>
        <translation>每 Token KV</translation>
    </message>
    <message>
        <source>%1 {1:layer|layers}, 2 bytes an element</source>
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
        <source>%1 {1:head|heads}, %2 KV</source>
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
        <source>; %1 with the layers that predict further tokens</source>
        <translation>；含多 Token 预测层共 %1</translation>
    </message>
    <message>
        <source>at most, with %1</source>
        <translation>上限，运行时 %1</translation>
    </message>
    <message>
        <source>%1 - %2 bytes</source>
        <translation>%1 - %2 字节</translation>
    </message>
    <message>
        <source>%1; %2 tokens of context, one sequence; the Memory tab has every assumption</source>
        <translation>%1；上下文 %2 Token，单个序列；全部假设见“内存”标签页</translation>
    </message>
</context>
<context>
    <name>TokenKind</name>
    <message>
        <source>plain</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>added</source>
        <translation>添加的</translation>
    </message>
    <message>
        <source>special</source>
        <translation>特殊</translation>
    </message>
</context>
<context>
    <name>Translator</name>
    <message>
        <source>the same thing as ours</source>
        <translation>与我们的相同</translation>
    </message>
    <message>
        <source>all answered requests / first sending to last end: filling up and running empty dilute it, ours is of the steady part</source>
        <translation>全部成功请求 / 首次发送到最后结束：爬升和排空会稀释它，我们的取稳定阶段</translation>
    </message>
    <message>
        <source>tokens of all answered requests / first sending to last end: filling up and running empty dilute it, ours is of the steady part</source>
        <translation>全部成功请求的 Token 数 / 首次发送到最后结束：爬升和排空会稀释它，我们的取稳定阶段</translation>
    </message>
    <message>
        <source>first text of the answer alone: reasoning before it counts as waiting, ours is the first text of any kind</source>
        <translation>仅回答的首个文本：之前的推理内容算作等待，我们的是任意种类的首个文本</translation>
    </message>
    <message>
        <source>divides by N - 1: takes the first read for one token, ours subtracts what it brought</source>
        <translation>除以 N - 1：把首次读取当作一个 Token，我们减去它带来的 Token 数</translation>
    </message>
    <message>
        <source>until the stream was closed, ours until the last text</source>
        <translation>直到流关闭，我们的直到最后的文本</translation>
    </message>
    <message>
        <source>Where a server gives no usage, vLLM counts tokens of the joined text by its tokenizer; here it is our count.</source>
        <translation>服务器不给出用量时，vLLM 用其分词器对拼接的文本计数；此处为我们的计数。</translation>
    </message>
    <message>
        <source>first sending to last end</source>
        <translation>首次发送到最后结束</translation>
    </message>
    <message>
        <source>vLLM counts the prompt by its tokenizer; here it is the server&apos;s count, else ours</source>
        <translation>vLLM 用其分词器对提示计数；此处为服务器的计数，否则为我们的计数</translation>
    </message>
    <message>
        <source>of the answered requests</source>
        <translation>成功请求的</translation>
    </message>
    <message>
        <source>first event with choices, even one with a role and no text (taken at the first bytes of the body); ours is the first text</source>
        <translation>首个带 choices 的事件，即使只有 role 而没有文本（按响应体首批字节的时刻计）；我们的是首个文本</translation>
    </message>
    <message>
        <source>(last text - first event) / (N - 1): an event without text lengthens it, and the first read is taken for one token</source>
        <translation>（最后的文本 - 首个事件）/（N - 1）：没有文本的事件会使它变长，且首次读取被当作一个 Token</translation>
    </message>
    <message>
        <source>gaps between events, zeros within one read and the way from an empty event to the first text included; called a token&apos;s time whatever a piece holds</source>
        <translation>事件之间的间隔，包含同一次读取内的零，以及从空事件到首个文本的时间；不论片段含多少，都称为一个 Token 的时间</translation>
    </message>
    <message>
        <source>As of 2025. It prints a second total of tokens, of the joined text by its tokenizer, which a trace without it cannot give.</source>
        <translation>截至 2025 年。它还给出第二个 Token 总数，由其分词器对拼接的文本计数，没有文本的轨迹无法给出。</translation>
    </message>
    <message>
        <source>the server&apos;s count, else the REQUESTED length: too many when answers end early</source>
        <translation>服务器的计数，否则为所要求的长度：回答提前结束时偏多</translation>
    </message>
    <message>
        <source>Little&apos;s law over the whole run; ours is of the steady part</source>
        <translation>整个运行上的利特尔法则；我们的取稳定阶段</translation>
    </message>
    <message>
        <source>(end - first text of the answer) / (N - 1): reasoning counts in N but not in the time</source>
        <translation>（结束 - 回答的首个文本）/（N - 1）：推理内容计入 N，但不计入时间</translation>
    </message>
    <message>
        <source>gaps between pieces of the answer alone, zeros within one read included</source>
        <translation>仅回答的片段之间的间隔，包含同一次读取内的零</translation>
    </message>
    <message>
        <source>Of 2026, which takes the server&apos;s counts of tokens first; in 2025 the joined text was always counted by its tokenizer.</source>
        <translation>2026 年的版本，优先采用服务器的 Token 计数；2025 年的总是用其分词器对拼接的文本计数。</translation>
    </message>
    <message>
        <source>our TPOT under another name, a mean per request and no gap; divides by N - 1, ours subtracts what the first read brought</source>
        <translation>即我们的 TPOT，名称不同，是每个请求的均值而不是间隔；除以 N - 1，我们减去首次读取带来的 Token 数</translation>
    </message>
    <message>
        <source>1 / its Inter Token Latency</source>
        <translation>1 / 其 Inter Token Latency</translation>
    </message>
    <message>
        <source>It counts tokens of the joined text by its tokenizer; here it is our count.</source>
        <translation>它用其分词器对拼接的文本计数；此处为我们的计数。</translation>
    </message>
    <message>
        <source>first response after empty ones are dropped; reasoning is not looked at, ours is the first text of any kind</source>
        <translation>去掉空响应之后的首个响应；不看推理内容，我们的是任意种类的首个文本</translation>
    </message>
    <message>
        <source>our TPOT under another name: (latency - its TTFT) / (N - 1)</source>
        <translation>即我们的 TPOT，名称不同：（延迟 - 其 TTFT）/（N - 1）</translation>
    </message>
    <message>
        <source>by its own tokenizer</source>
        <translation>用其自身的分词器</translation>
    </message>
    <message>
        <source>It keeps the first and the last time and the count of pieces, so that it has no true distribution of gaps.</source>
        <translation>它只保留首尾时刻和片段数，因此没有真正的间隔分布。</translation>
    </message>
    <message>
        <source>our TPOT under another name: (last - first) / (N - 1) of a request</source>
        <translation>即我们的 TPOT，名称不同：单个请求的（最后 - 首个）/（N - 1）</translation>
    </message>
    <message>
        <source>divides the WHOLE time, TTFT included, by N: longer than our TPOT, and longer still for short answers</source>
        <translation>将包含 TTFT 的全部时间除以 N：长于我们的 TPOT，回答短时更长</translation>
    </message>
    <message>
        <source>over the whole run; ours is of the steady part</source>
        <translation>整个运行；我们的取稳定阶段</translation>
    </message>
    <message>
        <source>It counts tokens of every model by LLaMA&apos;s tokenizer; here it is our count.</source>
        <translation>它用 LLaMA 的分词器对所有模型的 Token 计数；此处为我们的计数。</translation>
    </message>
    <message>
        <source>the WHOLE time, TTFT included, / pieces: neither a gap nor our TPOT</source>
        <translation>包含 TTFT 的全部时间 / 片段数：既不是间隔，也不是我们的 TPOT</translation>
    </message>
    <message>
        <source>N / the whole time: our speed of a whole answer, not of one user after the first token</source>
        <translation>N / 全部时间：即我们的整个回答的速度，而不是单个用户在首个 Token 之后的速度</translation>
    </message>
    <message>
        <source>by LLaMA&apos;s tokenizer</source>
        <translation>用 LLaMA 的分词器</translation>
    </message>
    <message>
        <source>the whole time, TTFT included, / N</source>
        <translation>包含 TTFT 的全部时间 / N</translation>
    </message>
    <message>
        <source>gaps between pieces of the answer alone</source>
        <translation>仅回答的片段之间的间隔</translation>
    </message>
    <message>
        <source>It feeds random tokens and neither tokenizes nor samples.</source>
        <translation>它输入随机 Token，既不分词也不采样。</translation>
    </message>
    <message>
        <source>mean, ours is the median; theirs ends before the first token is chosen</source>
        <translation>均值，我们的是中位数；它的在选出首个 Token 之前结束</translation>
    </message>
    <message>
        <source>mean over runs and for the whole batch, ours is the median and of one user</source>
        <translation>各次运行的均值且为整批，我们的是中位数且为单个用户</translation>
    </message>
    <message>
        <source>theirs</source>
        <translation>该工具</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>本工具</translation>
    </message>
    <message>
        <source>how it differs</source>
        <translation>差别</translation>
    </message>
</context>
<context>
    <name>assay::AccuracyPage</name>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Views of the answers</source>
        <translation>回答的视图</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Opening...</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Open models, then have them answer a suite: every answer stands here, side by side.</source>
        <translation>打开模型并让其回答评测集：每个回答都会并排显示在此。</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>No suite has been answered yet. Have the open subjects answer one: every answer stands here, side by side.</source>
        <translation>尚未回答任何评测集。请让已打开的被测对象回答一个：每个回答都会并排显示在此。</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Fidelity</source>
        <translation>保真度</translation>
    </message>
</context>
<context>
    <name>assay::AccuracyTools</name>
    <message>
        <source>Suite</source>
        <translation>评测集</translation>
    </message>
    <message>
        <source>The questions that are looked at: those that open subjects answered, or all runs that are stored of a suite</source>
        <translation>所查看的题目：已打开的被测对象回答过的，或某个评测集的全部已存运行记录</translation>
    </message>
    <message>
        <source>Judged by</source>
        <translation>评判规则</translation>
    </message>
    <message>
        <source>Judges the stored answers by another rule; nothing is asked anew</source>
        <translation>用另一规则评判已存的回答；不重新询问</translation>
    </message>
    <message>
        <source>Held against</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>The subject that all others are compared with</source>
        <translation>其他对象与之比较的被测对象</translation>
    </message>
    <message>
        <source>Judging...</source>
        <translation>正在评判…</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>界值</translation>
    </message>
    <message>
        <source> points</source>
        <translation> 个百分点</translation>
    </message>
    <message>
        <source>The loss of accuracy that was said to be acceptable before the run. A subject whose whole interval is above it is not inferior.</source>
        <translation>运行前约定可接受的准确率损失。整个区间都高于它的被测对象为非劣。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Judges the answers as before</source>
        <translation>恢复此前的评判</translation>
    </message>
    <message>
        <source>&amp;Suite</source>
        <translation>评测集(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Judged by</source>
        <translation>评判规则(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Held against</source>
        <translation>对照(&amp;H)</translation>
    </message>
    <message>
        <source>Acceptable &amp;loss</source>
        <translation>可接受的损失(&amp;L)</translation>
    </message>
    <message>
        <source>%1 (stored: %2)</source>
        <translation>%1（已存：%2）</translation>
    </message>
    <message>
        <source>several</source>
        <translation>多种</translation>
    </message>
    <message>
        <source>the suite&apos;s own rule</source>
        <translation>评测集自身的规则</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未说明</translation>
    </message>
</context>
<context>
    <name>assay::AddressDialog</name>
    <message>
        <source>Open an Address</source>
        <translation>打开地址</translation>
    </message>
    <message>
        <source>A model&apos;s folder or file on a web server, or its page on a hub. Only headers are fetched, a small part of the weights.</source>
        <translation>网络服务器上模型的文件夹或文件，或其在模型库中的页面。只取得文件头，即权重的一小部分。</translation>
    </message>
    <message>
        <source>Address of the model</source>
        <translation>模型的地址</translation>
    </message>
</context>
<context>
    <name>assay::AllTensors</name>
    <message>
        <source>Filter tensors</source>
        <translation>过滤张量</translation>
    </message>
    <message>
        <source>Statistics of all tensors</source>
        <translation>所有张量的统计</translation>
    </message>
    <message>
        <source>Compute again</source>
        <translation>重新计算</translation>
    </message>
    <message>
        <source>The weights are on a server. Choose a tensor to fetch its values alone.</source>
        <translation>权重在服务器上。选择一个张量以只取得它的数值。</translation>
    </message>
    <message>
        <source>Being computed; the tensors that are done are below. Enter opens one.</source>
        <translation>正在计算；已完成的张量在下面。按回车键打开。</translation>
    </message>
    <message>
        <source>Enter opens a tensor.</source>
        <translation>按回车键打开张量。</translation>
    </message>
    <message>
        <source>Choose a tensor in the tree to see its values, or have the statistics of all tensors computed: %1 are read in the background.</source>
        <translation>在树中选择一个张量以查看其数值，或计算所有张量的统计：将在后台读取 %1。</translation>
    </message>
    <message>
        <source>There are no tensors here; the findings may say why.</source>
        <translation>这里没有张量；“发现”中可能说明了原因。</translation>
    </message>
</context>
<context>
    <name>assay::AnswerFilters</name>
    <message>
        <source>Which answers</source>
        <translation>哪些回答</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Item, task, expected or extracted answer</source>
        <translation>题目、任务、期望的或提取出的回答</translation>
    </message>
    <message>
        <source>Outcome of %1</source>
        <translation>%1 的结果</translation>
    </message>
    <message>
        <source>any outcome</source>
        <translation>任何结果</translation>
    </message>
    <message>
        <source>not right</source>
        <translation>未答对</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无回答</translation>
    </message>
    <message>
        <source>All answers</source>
        <translation>所有回答</translation>
    </message>
    <message>
        <source>%1 right, %2 not</source>
        <translation>%1 答对，%2 未答对</translation>
    </message>
    <message>
        <source>%2 right, %1 not</source>
        <translation>%2 答对，%1 未答对</translation>
    </message>
    <message>
        <source>None is right</source>
        <translation>均未答对</translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation>所有任务</translation>
    </message>
</context>
<context>
    <name>assay::AnswerModel</name>
    <message>
        <source>%1, sample %2</source>
        <translation>%1，样本 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>期望</translation>
    </message>
</context>
<context>
    <name>assay::AnswerPane</name>
    <message>
        <source>choice %1: log-likelihood %2, %3 tokens</source>
        <translation>选项 %1：对数似然 %2，%3 Token</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answer of %1</source>
        <translation>%1 的回答</translation>
    </message>
    <message>
        <source>Thinking of %1</source>
        <translation>%1 的思考</translation>
    </message>
    <message>
        <source>undecided: to be looked at</source>
        <translation>未定：须人工查看</translation>
    </message>
    <message>
        <source>score %1</source>
        <translation>得分 %1</translation>
    </message>
    <message>
        <source>extracted: %1</source>
        <translation>提取：%1</translation>
    </message>
    <message>
        <source>rule: %1</source>
        <translation>规则：%1</translation>
    </message>
    <message>
        <source>ended: %1</source>
        <translation>结束原因：%1</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>This subject has no answer to the item.</source>
        <translation>该被测对象没有回答此题。</translation>
    </message>
    <message>
        <source>Thinking (%1 bytes)</source>
        <translation>思考（%1 字节）</translation>
    </message>
    <message>
        <source>[%1 bytes before]</source>
        <translation>[之前 %1 字节]</translation>
    </message>
    <message>
        <source>[%1 bytes after]</source>
        <translation>[之后 %1 字节]</translation>
    </message>
</context>
<context>
    <name>assay::AnswersView</name>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>%1; expected: %2</source>
        <translation>%1；期望：%2</translation>
    </message>
    <message>
        <source>The questions were not kept with these runs.</source>
        <translation>这些运行记录未保存题目。</translation>
    </message>
    <message>
        <source>The suite that was kept has no such item.</source>
        <translation>已保存的评测集中没有此题。</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>assay::ArchitectureDrawing</name>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
</context>
<context>
    <name>assay::BaselineDialog</name>
    <message>
        <source>Begin a New Baseline</source>
        <translation>开始新基线</translation>
    </message>
    <message>
        <source>The checks learn anew what is usual, and compare nothing with what came before. Who asked for it and why is written into the audit log.</source>
        <translation>各检查重新学习何为正常，不再与此前的内容比较。由谁要求及其原因会写入审计日志。</translation>
    </message>
    <message>
        <source>all checks</source>
        <translation>所有检查</translation>
    </message>
    <message>
        <source>Of which checks</source>
        <translation>涉及哪些检查</translation>
    </message>
    <message>
        <source>&amp;Of</source>
        <translation>检查(&amp;O)</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>For example: a new version was announced and is wanted</source>
        <translation>例如：新版本已公告，且为所需</translation>
    </message>
    <message>
        <source>&amp;Why</source>
        <translation>原因(&amp;W)</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
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
        <source>passes over %1</source>
        <translation>对 %1 的前向通过</translation>
    </message>
    <message>
        <source>passes over %1 tokens, batch %2</source>
        <translation>对 %1 个 Token 的前向通过，批量 %2</translation>
    </message>
    <message>
        <source>prompt %1, output %2, batch %3</source>
        <translation>提示 %1，输出 %2，批量 %3</translation>
    </message>
    <message>
        <source>%1: warm-up</source>
        <translation>%1：预热</translation>
    </message>
    <message>
        <source>%1: %2/%3</source>
        <translation>%1：%2/%3</translation>
    </message>
    <message>
        <source>measuring the machine</source>
        <translation>正在测量机器</translation>
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
    <name>assay::ClaimForm</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>As config.json calls it where it has a name; response.X for a field X of answers</source>
        <translation>有则用 config.json 中的名称；response.X 表示回答中的字段 X</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Of the value, where the value does not have it itself</source>
        <translation>值的单位，值本身未写单位时填写</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Which of the sheet&apos;s models it is about; empty: the subject</source>
        <translation>涉及声明表中的哪个模型；留空：被测对象</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>声明值</translation>
    </message>
    <message>
        <source>61, 671B, 0.85, 5 to 10, yes, a word; [&quot;a&quot;, &quot;b&quot;] for several, {&quot;full&quot;: 61, &quot;distilled&quot;: 28} by version</source>
        <translation>61、671B、0.85、5 to 10、yes、一个词；多个值用 [&quot;a&quot;, &quot;b&quot;]，按版本用 {&quot;full&quot;: 61, &quot;distilled&quot;: 28}</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>What the figure was measured on, such as 8 x H200</source>
        <translation>该数字在何种硬件上测得，如 8 x H200</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Shown with the claim; nothing is made of it</source>
        <translation>随声明一同显示；不作任何处理</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>字段(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Claimed</source>
        <translation>声明值(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Unit</source>
        <translation>单位(&amp;U)</translation>
    </message>
    <message>
        <source>Ve&amp;rsion</source>
        <translation>版本(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Hardware</source>
        <translation>硬件(&amp;H)</translation>
    </message>
    <message>
        <source>N&amp;ote</source>
        <translation>备注(&amp;O)</translation>
    </message>
</context>
<context>
    <name>assay::ClaimSheetEditor</name>
    <message>
        <source>Claim Sheet</source>
        <translation>声明表</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>An empty sheet</source>
        <translation>空白声明表</translation>
    </message>
    <message>
        <source>From a &amp;Known Sheet</source>
        <translation>来自已知声明表(&amp;K)</translation>
    </message>
    <message>
        <source>One of your own, one that comes with Assay, or the published facts of a known model</source>
        <translation>您自己的、Assay 自带的，或已知模型的公开事实</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>A sheet in a file, in Assay&apos;s form or in that of articles, whose own verdicts are left out</source>
        <translation>文件中的声明表，Assay 格式或文章格式；文章自己的结论不予采用</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Under this name --claim and the list of claims have it: letters, digits, dots, dashes</source>
        <translation>--claim 和声明列表以此名称找到它：字母、数字、点、连字符</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>For people: which offer, card or article it is</source>
        <translation>供人阅读：是哪份报价、模型卡或文章</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Where it is said: an address, a page, a mail</source>
        <translation>在何处所说：网址、页面、邮件</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Who says it</source>
        <translation>谁说的</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>When it was said</source>
        <translation>何时所说</translation>
    </message>
    <message>
        <source>Said to be</source>
        <translation>据称为</translation>
    </message>
    <message>
        <source>The known model that the subject is said to be; empty: none is named</source>
        <translation>被测对象据称的已知模型；留空：未指明</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Of a sheet on several versions, the known models of each: full = deepseek-r1; distilled = model-a|model-b</source>
        <translation>若声明表涉及多个版本，各版本对应的已知模型：full = deepseek-r1; distilled = model-a|model-b</translation>
    </message>
    <message>
        <source>N&amp;ame</source>
        <translation>名称(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>Said to &amp;be</source>
        <translation>据称为(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Source</source>
        <translation>来源(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Versions</source>
        <translation>版本(&amp;V)</translation>
    </message>
    <message>
        <source>A&amp;uthor</source>
        <translation>作者(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Date</source>
        <translation>日期(&amp;D)</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>Add a Clai&amp;m</source>
        <translation>添加声明(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Takes the chosen claims off the sheet</source>
        <translation>从声明表中移除所选声明</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保留(&amp;K)</translation>
    </message>
    <message>
        <source>Among your own sheets, where it is found by its name</source>
        <translation>存入您自己的声明表，可按名称找到</translation>
    </message>
    <message>
        <source>Save as &amp;File...</source>
        <translation>另存为文件(&amp;F)…</translation>
    </message>
    <message>
        <source>As JSON, for others or for --claim FILE</source>
        <translation>以 JSON 保存，供他人使用或用于 --claim FILE</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Known models</source>
        <translation>已知模型</translation>
    </message>
    <message>
        <source>%1 (yours)</source>
        <translation>%1（您的）</translation>
    </message>
    <message>
        <source>Another field</source>
        <translation>其他字段</translation>
    </message>
    <message>
        <source>Not all of it could be read, and what could not will not be in what is kept: %1</source>
        <translation>部分内容无法读取，未能读取的不会包含在保存内容中：%1</translation>
    </message>
    <message>
        <source>It is written as: full = deepseek-r1; distilled = model-a|model-b</source>
        <translation>写法为：full = deepseek-r1; distilled = model-a|model-b</translation>
    </message>
    <message>
        <source>No known model has this name, so nothing published is held against it.</source>
        <translation>没有这个名称的已知模型，因此不会与任何公开内容对照。</translation>
    </message>
    <message numerus="yes">
        <source>%n claim(s) cannot be used yet: see the marked rows.</source>
        <translation>
            <numerusform>%n 项声明尚不能使用：见标记的行。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to keep yet: the sheet names no model and claims nothing.</source>
        <translation>尚无可保留的内容：声明表既未指明模型，也未声明任何内容。</translation>
    </message>
    <message>
        <source>Kept: the list of claims and --claim %1 have it.</source>
        <translation>已保留：声明列表和 --claim %1 均可使用。</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Choose a Claim Sheet</source>
        <translation>选择声明表</translation>
    </message>
    <message>
        <source>JSON (*.json);;All files (*)</source>
        <translation>JSON (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the Claim Sheet</source>
        <translation>保存声明表</translation>
    </message>
    <message>
        <source>The sheet has changes that are not kept.</source>
        <translation>声明表有未保留的更改。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
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
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Open at least two models to compare them: what was measured of them, and what is being measured, stands here side by side.</source>
        <translation>请至少打开两个模型进行对比：已测得和正在测量的数据在此并排显示。</translation>
    </message>
    <message>
        <source>One model is open. Open another one to compare it with, or measure it in several dtypes.</source>
        <translation>已打开一个模型。请再打开一个以便比较，或用多种数据类型测量它。</translation>
    </message>
    <message>
        <source>as chosen here</source>
        <translation>按此处所选</translation>
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
    <name>assay::ComparisonPanel</name>
    <message>
        <source>Not alike</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>forbids a comparison</source>
        <translation>使对比不成立</translation>
    </message>
    <message>
        <source>%1 (%2, not %3)</source>
        <translation>%1（%2，而非 %3）</translation>
    </message>
    <message>
        <source>Made alike.</source>
        <translation>测量条件一致。</translation>
    </message>
    <message>
        <source>Not alike: %1.</source>
        <translation>不一致：%1。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>What the comparison says</source>
        <translation>对比的结论</translation>
    </message>
    <message>
        <source>Comparison of runs</source>
        <translation>运行记录对比</translation>
    </message>
    <message>
        <source>Differences of the runs</source>
        <translation>运行记录的差异</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Reference:</source>
        <translation>基准：</translation>
    </message>
    <message>
        <source>The run that the others are set against</source>
        <translation>作为其他运行记录对比基准的那条</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Close Comparison</source>
        <translation>关闭对比</translation>
    </message>
    <message>
        <source>Reading the runs...</source>
        <translation>正在读取运行记录…</translation>
    </message>
    <message>
        <source>Report...</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>Writes this comparison as PDF, HTML, Markdown, CSV or JSON</source>
        <translation>将此对比写成 PDF、HTML、Markdown、CSV 或 JSON</translation>
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
    <message>
        <source>Each dtype</source>
        <translation>每种数据类型</translation>
    </message>
    <message>
        <source>A column for each dtype that a model was measured in; else only the newest measurement.</source>
        <translation>模型测量过的每种数据类型各占一列；否则只显示最新的测量。</translation>
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
        <source>The file is very large; only its first part is shown.</source>
        <translation>文件很大；只显示开头部分。</translation>
    </message>
    <message>
        <source>The text as it stands in the file</source>
        <translation>文件中的原文</translation>
    </message>
    <message>
        <source>Which of the files is shown</source>
        <translation>显示哪个文件</translation>
    </message>
    <message>
        <source>Metadata of the weights</source>
        <translation>权重的元数据</translation>
    </message>
    <message>
        <source>There is no config.json, and the weights carry no metadata.</source>
        <translation>没有 config.json，权重也不带元数据。</translation>
    </message>
    <message>
        <source>The file cannot be read as JSON; its text is on the right.</source>
        <translation>该文件无法作为 JSON 读取；其原文在右侧。</translation>
    </message>
</context>
<context>
    <name>assay::DialogueView</name>
    <message>
        <source>A sample dialogue in it</source>
        <translation>其中的示例对话</translation>
    </message>
    <message>
        <source>A sample dialogue in the chat template</source>
        <translation>对话模板中的示例对话</translation>
    </message>
</context>
<context>
    <name>assay::DifferenceModel</name>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>是否一致</translation>
    </message>
</context>
<context>
    <name>assay::DifferencePage</name>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Views of the difference</source>
        <translation>差异的视图</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Search names and values</source>
        <translation>搜索名称和值</translation>
    </message>
    <message>
        <source>Differences only</source>
        <translation>只看差异</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Reading models</source>
        <translation>正在读取模型</translation>
    </message>
    <message>
        <source>Two or more models are needed: open them, then choose them in the list on the left.</source>
        <translation>需要两个或更多模型：请先打开，再在左侧列表中选择。</translation>
    </message>
    <message>
        <source>Open a model...</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Comparing %1 models</source>
        <translation>正在比较 %1 个模型</translation>
    </message>
</context>
<context>
    <name>assay::EndpointDialog</name>
    <message>
        <source>Add an Endpoint</source>
        <translation>添加端点</translation>
    </message>
    <message>
        <source>It is asked what it is: questions that change nothing, and nobody else is contacted.</source>
        <translation>将询问端点是什么：这些询问不改变任何内容，也不会联系其他服务器。</translation>
    </message>
    <message>
        <source>the first that it lists</source>
        <translation>它列出的第一个</translation>
    </message>
    <message>
        <source>none, or the one that is stored already</source>
        <translation>无，或已存储的密钥</translation>
    </message>
    <message>
        <source>Kept in the system&apos;s key store under the address&apos;s host, nowhere else. Without a key here or there the environment variable %1 is taken.</source>
        <translation>只保存在系统密钥库中，归于该地址的主机名下，不存于别处。此处和密钥库中都没有密钥时，使用环境变量 %1。</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>密钥(&amp;K)</translation>
    </message>
    <message>
        <source>Storing the key...</source>
        <translation>正在保存密钥…</translation>
    </message>
    <message>
        <source>Proxy and certificates</source>
        <translation>代理与证书</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>For this host alone, and kept with it.</source>
        <translation>仅用于此主机，并随其保存。</translation>
    </message>
    <message>
        <source>the environment&apos;s, such as %1</source>
        <translation>使用环境变量，例如 %1</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>A PEM file of the authorities to trust for this host, such as a company&apos;s own.</source>
        <translation>此主机所信任的证书颁发机构的 PEM 文件，例如公司自有的。</translation>
    </message>
    <message>
        <source>the system&apos;s</source>
        <translation>使用系统的</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a file of certificates</source>
        <translation>选择证书文件</translation>
    </message>
    <message>
        <source>A user or a password is not kept here: set the proxy in the environment (https_proxy).</source>
        <translation>此处不保存用户名或密码：请在环境变量（https_proxy）中设置代理。</translation>
    </message>
    <message>
        <source>An address such as %1 or %2.</source>
        <translation>如 %1 或 %2 的地址。</translation>
    </message>
</context>
<context>
    <name>assay::EndpointView</name>
    <message>
        <source>What the endpoint tells of itself</source>
        <translation>端点的自述</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>询问与应答</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>The chosen answer as it came</source>
        <translation>所选应答的原文</translation>
    </message>
    <message>
        <source>Whoever runs the server writes what stands here: these are claims, not facts.</source>
        <translation>此处内容由服务器的运营者填写：是声明，不是事实。</translation>
    </message>
    <message>
        <source>Which software answers is not told.</source>
        <translation>未说明由哪个软件应答。</translation>
    </message>
    <message>
        <source>The answers look like those of %1.</source>
        <translation>应答看起来像 %1 的应答。</translation>
    </message>
    <message>
        <source>It is asked in the dialect %1.</source>
        <translation>以方言 %1 请求。</translation>
    </message>
    <message>
        <source>Fastest answer: %1.</source>
        <translation>最快的应答：%1。</translation>
    </message>
    <message>
        <source>Models that it lists: %1.</source>
        <translation>它列出的模型数：%1。</translation>
    </message>
    <message>
        <source>It contradicts itself: %1 is %2 (%3) and %4 (%5).</source>
        <translation>自相矛盾：%1 既是 %2（%3），又是 %4（%5）。</translation>
    </message>
    <message>
        <source>It does not tell: %1</source>
        <translation>未说明：%1</translation>
    </message>
    <message>
        <source>It does not list the model %1.</source>
        <translation>其模型列表中没有 %1。</translation>
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
        <source>item %1: %2</source>
        <translation>题目 %1：%2</translation>
    </message>
    <message>
        <source>item %1, try %2: %3</source>
        <translation>题目 %1，第 %2 次尝试：%3</translation>
    </message>
    <message>
        <source>the chat template is another one than when the run began</source>
        <translation>对话模板与运行开始时不同</translation>
    </message>
    <message>
        <source>prompts begin with %1 more than once: the template and the tokenizer both put it there</source>
        <translation>提示词以多个 %1 开头：模板和分词器都加入了它</translation>
    </message>
    <message>
        <source>prompts do not begin with %1, which the tokenizer puts before texts: the template leaves it out</source>
        <translation>提示词未以 %1 开头，而分词器会在文本前加入它：模板省略了它</translation>
    </message>
    <message>
        <source>paused: what is under way ends</source>
        <translation>已暂停：进行中的部分会完成</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>answer %1/%2</source>
        <translation>回答 %1/%2</translation>
    </message>
    <message>
        <source>running the last programs</source>
        <translation>正在运行最后的程序</translation>
    </message>
    <message>
        <source>its %1 tokens are fewer than two contexts of %2, which llama.cpp&apos;s way needs; --stride scores every token</source>
        <translation>其 %1 Token 少于两个 %2 的上下文，而 llama.cpp 的方式需要这么多；--stride 可为每个 Token 评分</translation>
    </message>
    <message>
        <source>%1 It is started again.</source>
        <translation>%1 正在重新启动。</translation>
    </message>
    <message>
        <source>asking whether prompts are echoed with log-probabilities</source>
        <translation>正在询问提示词是否连同对数概率一并回显</translation>
    </message>
    <message>
        <source>its completions were asked to echo a prompt with log-probabilities: %1</source>
        <translation>曾要求其补全接口连同对数概率回显提示词：%1</translation>
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
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>%1
%2
%3: %4
Press to see and copy the evidence.</source>
        <translation>%1
%2
%3：%4
按下可查看并复制证据。</translation>
    </message>
</context>
<context>
    <name>assay::FidelityDialog</name>
    <message>
        <source>Hold Against a Reference</source>
        <translation>与基准对照</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假设变体</translation>
    </message>
    <message>
        <source>What if the reference were</source>
        <translation>假设基准变为</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>A file of plain text; both models say of each token of it what they expected.</source>
        <translation>纯文本文件；两个模型对其中每个 Token 给出各自的预期。</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Choose a Text</source>
        <translation>选择文本</translation>
    </message>
    <message>
        <source>Open a language model first.</source>
        <translation>请先打开一个语言模型。</translation>
    </message>
    <message>
        <source>Tick a model or a what-if.</source>
        <translation>请勾选一个模型或假设变体。</translation>
    </message>
    <message>
        <source>Choose a text: some thousand words are enough to begin with.</source>
        <translation>请选择文本：开始时数千词即可。</translation>
    </message>
</context>
<context>
    <name>assay::FidelityJob</name>
    <message>
        <source>Fidelity</source>
        <translation>保真度</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>loading the reference</source>
        <translation>正在加载基准</translation>
    </message>
    <message>
        <source>added tokens are spelled otherwise in both, all other tokens alike</source>
        <translation>两者新增的 Token 拼写不同，其余 Token 全部相同</translation>
    </message>
    <message>
        <source>its %1 tokens are fewer than two chunks of %2</source>
        <translation>其 %1 个 Token 不足两个 %2 Token 的块</translation>
    </message>
    <message>
        <source>comparing distributions</source>
        <translation>正在比较分布</translation>
    </message>
    <message>
        <source>the reference writes</source>
        <translation>基准正在写文本</translation>
    </message>
</context>
<context>
    <name>assay::FidelityPanel</name>
    <message>
        <source>Fidelity</source>
        <translation>保真度</translation>
    </message>
    <message>
        <source>What was not compared</source>
        <translation>未比较的部分</translation>
    </message>
    <message>
        <source>Figures of fidelity</source>
        <translation>保真度数值</translation>
    </message>
    <message>
        <source>Hold against a reference...</source>
        <translation>与基准对照…</translation>
    </message>
    <message>
        <source>Hold models against a reference, token by token over a text: %1</source>
        <translation>在一段文本上逐 Token 将模型与基准对照：%1</translation>
    </message>
    <message>
        <source>Nothing was held against a reference yet. %1</source>
        <translation>尚未与任何基准对照。%1</translation>
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
        <source>%1 {1:byte|bytes}</source>
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
    <message>
        <source>would run on load</source>
        <translation>加载时会运行</translation>
    </message>
    <message>
        <source>nothing to compare with</source>
        <translation>无可比对</translation>
    </message>
    <message>
        <source>unchecked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>being checked</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>could not be checked</source>
        <translation>无法检查</translation>
    </message>
    <message>
        <source>clean</source>
        <translation>无害</translation>
    </message>
    <message>
        <source>runs code on load</source>
        <translation>加载时会运行代码</translation>
    </message>
    <message>
        <source>not analysable</source>
        <translation>无法分析</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>weights, not of this model</source>
        <translation>权重，不属于该模型</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>%1 should be %2, says %3</source>
        <translation>%1 应为 %2，依据 %3</translation>
    </message>
    <message>
        <source>Git object id</source>
        <translation>Git 对象 id</translation>
    </message>
    <message>
        <source>It should have %1 {1:byte|bytes}</source>
        <translation>应有 %1 字节</translation>
    </message>
    <message>
        <source>Pickle %1</source>
        <translation>Pickle %1</translation>
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
    <message>
        <source>Check hashes</source>
        <translation>检查哈希</translation>
    </message>
    <message>
        <source>The chosen file</source>
        <translation>所选文件</translation>
    </message>
    <message>
        <source>Reads every file once, in the background</source>
        <translation>在后台把每个文件读取一遍</translation>
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
    <message>
        <source>What is wrong with the filter</source>
        <translation>过滤条件的错误</translation>
    </message>
</context>
<context>
    <name>assay::FindingDetail</name>
    <message>
        <source>Your name</source>
        <translation>你的名字</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>The chosen finding</source>
        <translation>所选发现</translation>
    </message>
    <message>
        <source>Evidence: %1</source>
        <translation>证据：%1</translation>
    </message>
    <message>
        <source>Where: %1</source>
        <translation>位置：%1</translation>
    </message>
    <message>
        <source>Acknowledged by %1, %2</source>
        <translation>由 %1 确认，%2</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Say first who acknowledges it</source>
        <translation>请先填写确认人</translation>
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
    <message>
        <source>Severity of the findings that are shown</source>
        <translation>所显示发现的严重程度</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>No finding of this severity.</source>
        <translation>没有此严重程度的发现。</translation>
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
        <source>Or drop folders, files or addresses of models anywhere on this window.</source>
        <translation>或将模型的文件夹、文件或地址拖放到本窗口任意处。</translation>
    </message>
</context>
<context>
    <name>assay::HashJob</name>
    <message>
        <source>File hashes</source>
        <translation>文件哈希</translation>
    </message>
</context>
<context>
    <name>assay::HeatMapView</name>
    <message>
        <source>Picture of the weights</source>
        <translation>权重图像</translation>
    </message>
    <message>
        <source>Each cell = %1 x %2 elements</source>
        <translation>每格 = %1 × %2 个元素</translation>
    </message>
    <message>
        <source>Row %1, column %2: mean %3, min %4, max %5</source>
        <translation>第 %1 行，第 %2 列：均值 %3，最小 %4，最大 %5</translation>
    </message>
    <message>
        <source>; %1 not finite</source>
        <translation>；%1 个非有限</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
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
    <message>
        <source>Only headers and what you look at are fetched, not the weights as a whole</source>
        <translation>只取得文件头和你查看的内容，不取得全部权重</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stops reading again; what is shown stays</source>
        <translation>停止重新读取；已显示的内容保留</translation>
    </message>
    <message>
        <source>Opening %1 was cancelled</source>
        <translation>已取消打开 %1</translation>
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
    <message>
        <source>Live view and log</source>
        <translation>实时视图与日志</translation>
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
    <message>
        <source>%1 in turn</source>
        <translation>轮流测量 %1</translation>
    </message>
</context>
<context>
    <name>assay::KeyStore</name>
    <message>
        <source>asking the key store…</source>
        <translation>正在查询密钥库…</translation>
    </message>
</context>
<context>
    <name>assay::KnownModelDialog</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes</source>
        <translation>字母、数字、点、连字符</translation>
    </message>
    <message>
        <source>Keep as Known Model</source>
        <translation>保留为已知模型</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Reading the names of the tensors...</source>
        <translation>正在读取张量名称…</translation>
    </message>
    <message>
        <source>Kept are %1 facts and %2 patterns of tensors&apos; names and shapes; no weights.</source>
        <translation>保留 %1 项事实以及 %2 个张量名称与形状模式；不保留权重。</translation>
    </message>
    <message>
        <source>It takes the place of the known model %1.</source>
        <translation>它将取代已知模型 %1。</translation>
    </message>
</context>
<context>
    <name>assay::LayerModel</name>
    <message>
        <source>%1 {1:byte|bytes}</source>
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
    <message>
        <source>%1 ... %2</source>
        <translation>%1 … %2</translation>
    </message>
    <message>
        <source>%1 {1:tensor|tensors}</source>
        <translation>%1 个张量</translation>
    </message>
</context>
<context>
    <name>assay::LayersTab</name>
    <message>
        <source>Layers</source>
        <translation>层级结构</translation>
    </message>
    <message>
        <source>Filter: words, dtype:bf16, shape:[7168,*], &gt;100MB, -without</source>
        <translation>过滤：词、dtype:bf16、shape:[7168,*]、&gt;100MB、-排除</translation>
    </message>
    <message>
        <source>All terms must hold; * stands for anything, a minus turns a term round.
name:WORD  file:WORD  dtype:bf16,f32  role:scale
shape:[7168,*]  shape:4096x1024  &gt;100MB  &lt;2GiB  params:&gt;1e9</source>
        <translation>所有条件都须满足；* 代表任意内容，减号表示取反。
name:WORD  file:WORD  dtype:bf16,f32  role:scale
shape:[7168,*]  shape:4096x1024  &gt;100MB  &lt;2GiB  params:&gt;1e9</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Every tensor that the filter leaves, one a line</source>
        <translation>过滤后的每个张量，每行一个</translation>
    </message>
    <message>
        <source>As CSV</source>
        <translation>复制为 CSV</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
</context>
<context>
    <name>assay::LineModel</name>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
</context>
<context>
    <name>assay::LiveHistogram</name>
    <message>
        <source>: half below about %1, 95 % below about %2 (n = %3)</source>
        <translation>：半数低于约 %1，95 % 低于约 %2（n = %3）</translation>
    </message>
</context>
<context>
    <name>assay::LiveView</name>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>pieces of text/s</source>
        <translation>文本片段/s</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>Token/s</translation>
    </message>
    <message>
        <source>Pieces that arrive; most servers send a token in each.</source>
        <translation>到达的片段；多数服务器每个片段发送一个 Token。</translation>
    </message>
    <message>
        <source>Output tokens of each repetition by its time.</source>
        <translation>每次重复的输出 Token 数除以其用时。</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>显存/内存</translation>
    </message>
    <message>
        <source>in flight</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>TTFT</source>
        <translation>TTFT</translation>
    </message>
    <message>
        <source>Gaps between tokens</source>
        <translation>Token 间隔</translation>
    </message>
    <message>
        <source>Live numbers</source>
        <translation>实时数值</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>no errors</source>
        <translation>没有错误</translation>
    </message>
    <message>
        <source>errors: %1</source>
        <translation>错误：%1</translation>
    </message>
    <message>
        <source>%1 of %2 requests of this level</source>
        <translation>本级 %2 个请求中的 %1 个</translation>
    </message>
    <message>
        <source>%1 tokens so far</source>
        <translation>至今 %1 Token</translation>
    </message>
    <message>
        <source>The whole plan takes %1, after what the pilot showed.</source>
        <translation>根据试测，整个方案需要 %1。</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>%1 repetitions, %2 loads</source>
        <translation>重复 %1 次，加载 %2 次</translation>
    </message>
</context>
<context>
    <name>assay::LoadForm</name>
    <message>
        <source>Load on endpoints</source>
        <translation>端点负载</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Closed loop: so many users, each asks again as soon as it has its answer. Open loop: requests arrive at a rate, however slow the answers are.</source>
        <translation>闭环：若干用户，各自得到回答后立即再次请求。开环：无论回答多慢，请求都按给定速率到达。</translation>
    </message>
    <message>
        <source>Closed loop</source>
        <translation>闭环</translation>
    </message>
    <message>
        <source>Open loop, Poisson arrivals</source>
        <translation>开环，泊松到达</translation>
    </message>
    <message>
        <source>Open loop, constant arrivals</source>
        <translation>开环，恒定到达</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Several numbers, with commas between them, are measured one after the other.</source>
        <translation>以逗号分隔的多个数会依次测量。</translation>
    </message>
    <message>
        <source>Stop at the level that saturates the server</source>
        <translation>在服务器饱和的级别停止</translation>
    </message>
    <message>
        <source>Requests a level</source>
        <translation>每级请求数</translation>
    </message>
    <message>
        <source>repetitions times level</source>
        <translation>重复次数乘以级别</translation>
    </message>
    <message>
        <source>Prompt cache</source>
        <translation>提示缓存</translation>
    </message>
    <message>
        <source>Cold: no prompt begins like another one. Warm: the same prompt again and again.</source>
        <translation>冷：任何两个提示的开头都不相同。热：反复使用同一提示。</translation>
    </message>
    <message>
        <source>Cold</source>
        <translation>冷</translation>
    </message>
    <message>
        <source>Warm</source>
        <translation>热</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试次数</translation>
    </message>
    <message>
        <source>Of 429, 503 and lost connections. Each try is recorded; first tries alone count.</source>
        <translation>针对 429、503 和连接丢失。每次尝试都有记录；只有首次尝试计入。</translation>
    </message>
    <message>
        <source>A good request</source>
        <translation>合格请求</translation>
    </message>
    <message>
        <source>What it keeps: goodput counts only those.</source>
        <translation>须满足的服务目标：有效吞吐只计合格请求。</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>不作判断</translation>
    </message>
    <message>
        <source>Requests in flight</source>
        <translation>在途请求数</translation>
    </message>
    <message>
        <source>Requests per second</source>
        <translation>每秒请求数</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Per million tokens: of prompts, of answers, and of cached prompts where they cost less.</source>
        <translation>每百万 Token 的价格：提示、回答，以及价格较低时的缓存提示。</translation>
    </message>
    <message>
        <source>prompts, answers, cached</source>
        <translation>依次为提示、回答、缓存</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>Of the prices.</source>
        <translation>价格的货币。</translation>
    </message>
    <message>
        <source>Limit of time</source>
        <translation>时间上限</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>The run ends after so many seconds; what was measured is kept.</source>
        <translation>达到此秒数后运行结束；已测得的数据保留。</translation>
    </message>
    <message>
        <source>Limit of requests</source>
        <translation>请求数上限</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>请求数</translation>
    </message>
    <message>
        <source>The run ends after so many requests, repeated ones included.</source>
        <translation>达到此请求数后运行结束，重试的请求也计入。</translation>
    </message>
    <message>
        <source>Limit of tokens</source>
        <translation>Token 上限</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>The run ends before it could take more tokens, of prompts and answers.</source>
        <translation>在 Token 用量可能超出之前结束运行，提示与回答合计。</translation>
    </message>
    <message>
        <source>Limit of money</source>
        <translation>费用上限</translation>
    </message>
    <message>
        <source>money</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>The run ends before it could cost more; needs prices.</source>
        <translation>在费用可能超出之前结束运行；需要价格。</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Whole numbers from 1 on, with commas between them.</source>
        <translation>不小于 1 的整数，以逗号分隔。</translation>
    </message>
    <message>
        <source>Numbers above 0, with commas between them.</source>
        <translation>大于 0 的数，以逗号分隔。</translation>
    </message>
    <message>
        <source>Two or three numbers with commas between them: of prompts, of answers, of cached prompts.</source>
        <translation>以逗号分隔的两个或三个数：提示、回答、缓存提示的价格。</translation>
    </message>
    <message>
        <source>A whole number.</source>
        <translation>一个整数。</translation>
    </message>
    <message>
        <source>A number above 0.</source>
        <translation>一个大于 0 的数。</translation>
    </message>
    <message>
        <source>It needs prices.</source>
        <translation>需要价格。</translation>
    </message>
    <message>
        <source>Each endpoint takes %1; %2.</source>
        <translation>每个端点需要 %1；%2。</translation>
    </message>
    <message>
        <source>It takes %1; %2.</source>
        <translation>需要 %1；%2。</translation>
    </message>
    <message>
        <source>Open loop, arrivals of a file</source>
        <translation>开环，按文件到达</translation>
    </message>
    <message>
        <source>Trace of arrivals</source>
        <translation>到达轨迹</translation>
    </message>
    <message>
        <source>Counted ones; else so many as the repetitions times the level, or as the file has arrivals.</source>
        <translation>计入的请求数；否则为重复次数乘以级别，或文件中的到达数。</translation>
    </message>
    <message>
        <source>own goals</source>
        <translation>自定目标</translation>
    </message>
    <message>
        <source>Own goals</source>
        <translation>自定目标</translation>
    </message>
    <message>
        <source>Limits in seconds of ttft, ttfa, tpot, e2e and gap; several sets, or names of them, with semicolons between.</source>
        <translation>ttft、ttfa、tpot、e2e 和 gap 的上限，以秒计；可给出多组上限或其名称，以分号分隔。</translation>
    </message>
    <message>
        <source>More settings of the load</source>
        <translation>更多负载设置</translation>
    </message>
    <message>
        <source>Answers of full length, where it can be asked</source>
        <translation>可以要求时，让回答达到全长</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>until its requests are done</source>
        <translation>直到其请求完成</translation>
    </message>
    <message>
        <source>Length of a level</source>
        <translation>每级时长</translation>
    </message>
    <message>
        <source>A level ends by time where its requests are not counted.</source>
        <translation>未限定请求数的级别按时长结束。</translation>
    </message>
    <message>
        <source>Most in flight</source>
        <translation>在途上限</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Of an open loop: more wait, and their waiting counts.</source>
        <translation>用于开环：超出的请求排队等待，等待时间计入。</translation>
    </message>
    <message>
        <source>Times as fast</source>
        <translation>加快倍数</translation>
    </message>
    <message>
        <source>as in the file</source>
        <translation>与文件相同</translation>
    </message>
    <message>
        <source>Limits in seconds, such as ttft=0.5, tpot=0.05.</source>
        <translation>以秒计的上限，例如 ttft=0.5, tpot=0.05。</translation>
    </message>
    <message>
        <source>The suites ask %1 questions more; prices and limits do not count them.</source>
        <translation>评测集另有 %1 道题目；费用和上限不含这些题目。</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>The whole load is measured so often, since hosted endpoints vary by the hour. Each session is a run of its own, and limits hold for each.</source>
        <translation>整个负载测量这么多次，因为托管端点随时段而变化。每次会话是一次独立的运行，限制分别适用于每次。</translation>
    </message>
    <message>
        <source>A session begins every</source>
        <translation>会话间隔</translation>
    </message>
    <message>
        <source>From the beginning of one to that of the next. In between nothing is sent.</source>
        <translation>从一次开始到下一次开始。其间不发送任何内容。</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>That is of each of %1 sessions.</source>
        <translation>以上为 %1 次会话中的每一次。</translation>
    </message>
</context>
<context>
    <name>assay::LoadJob</name>
    <message>
        <source>Benchmark</source>
        <translation>基准测试</translation>
    </message>
    <message>
        <source>pilot</source>
        <translation>试测</translation>
    </message>
    <message>
        <source>cancelling</source>
        <translation>正在取消</translation>
    </message>
    <message>
        <source>paused: what is under way ends</source>
        <translation>已暂停：进行中的请求会完成</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>继续进行</translation>
    </message>
    <message>
        <source>After the pilot: %1</source>
        <translation>试测之后：%1</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>waiting for its turn</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>%1: %2 done</source>
        <translation>%1：已完成 %2</translation>
    </message>
    <message>
        <source>%1: %2/%3</source>
        <translation>%1：%2/%3</translation>
    </message>
</context>
<context>
    <name>assay::MachineDialog</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>How subjects on it are written: gpu:/models/x</source>
        <translation>其上的对象这样书写：gpu:/models/x</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>What starts a program there: ssh HOST, docker exec -i BOX, srun, kubectl exec -i POD --</source>
        <translation>在那里启动程序的命令：ssh HOST、docker exec -i BOX、srun、kubectl exec -i POD --</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>The path of assay-worker there; else it is looked for as the shell does.</source>
        <translation>那台机器上 assay-worker 的路径；留空则按 shell 的方式查找。</translation>
    </message>
    <message>
        <source>Add a Machine</source>
        <translation>添加机器</translation>
    </message>
    <message>
        <source>Any machine that a command leads to and that has assay-worker. Nothing is asked for: ssh must get in with a key.</source>
        <translation>任何可由命令到达且装有 assay-worker 的机器。不会询问任何内容：ssh 须能用密钥登录。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Command</source>
        <translation>命令(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Worker</source>
        <translation>工作进程(&amp;W)</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>assay::MachineJob</name>
    <message>
        <source>Machine&apos;s limits</source>
        <translation>机器极限</translation>
    </message>
    <message>
        <source>measuring memory and products of matrices</source>
        <translation>正在测量内存与矩阵乘法</translation>
    </message>
</context>
<context>
    <name>assay::MachineStatus</name>
    <message>
        <source>This machine: name, threads, memory that programs can still take, load average of the last minute. Other work on the machine spoils measurements.</source>
        <translation>本机：名称、线程数、程序还可占用的内存、最近一分钟的平均负载。机器上的其他工作会干扰测量。</translation>
    </message>
    <message>
        <source>%1 {1:thread|threads}</source>
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
    <name>assay::MachinesPage</name>
    <message>
        <source>Machines</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Speeds are judged by what each device was measured to do here. Open a model there as NAME:/path.</source>
        <translation>速度以各设备在此实测的能力为准来评判。那里的模型以 NAME:/path 打开。</translation>
    </message>
    <message>
        <source>Add...</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>A machine that a command such as ssh leads to</source>
        <translation>可由 ssh 之类的命令到达的机器</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Read bandwidth and products of matrices of each device; takes some seconds a device</source>
        <translation>每个设备的读取带宽与矩阵乘法；每个设备需要几秒</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Takes the machine off the list, with what was measured of it</source>
        <translation>将机器及其测量结果移出列表</translation>
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
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Open a file of weights</source>
        <translation>打开权重文件</translation>
    </message>
    <message>
        <source>Weights (%1)</source>
        <translation>权重 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>The program ended the last time while it opened %1, so this was not opened again.</source>
        <translation>上次程序在打开 %1 时意外结束，因此未再次打开它。</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开它</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>The run is in %1</source>
        <translation>运行记录已写入 %1</translation>
    </message>
    <message>
        <source>Deleted: %1</source>
        <translation>已删除：%1</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>Session %1 of %2 begins at %3. Until then nothing is sent; assay bench --resume goes on if this window is closed.</source>
        <translation>第 %1 次会话（共 %2 次）于 %3 开始。在此之前不发送任何内容；若关闭此窗口，可用 assay bench --resume 继续。</translation>
    </message>
    <message>
        <source>End the Series</source>
        <translation>结束系列</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>assay::MeasureDialog</name>
    <message>
        <source>Subjects</source>
        <translation>被测对象</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
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
        <source>%1 needs about %2</source>
        <translation>%1 约需 %2</translation>
    </message>
    <message>
        <source>Only %1 of memory are free: %2.</source>
        <translation>可用内存只有 %1：%2。</translation>
    </message>
    <message>
        <source>The load on endpoints is not complete.</source>
        <translation>端点负载的设置不完整。</translation>
    </message>
    <message>
        <source>Estimate of models</source>
        <translation>模型的估计</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Each model is loaded %1 times and runs %2 times, with %3 tokens in all; the time left is shown once the first run is done.</source>
        <translation>每个模型加载 %1 次、运行 %2 次，共 %3 Token；首次运行完成后显示剩余时间。</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假设变体</translation>
    </message>
    <message>
        <source>Add Questions</source>
        <translation>添加题目</translation>
    </message>
    <message>
        <source>Questions of your own: a file, or a folder. Images lie in a folder for each class.</source>
        <translation>您自己的题目：一个文件或文件夹。图像按类别放在各自的文件夹中。</translation>
    </message>
    <message>
        <source>File...</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Folder...</source>
        <translation>文件夹…</translation>
    </message>
</context>
<context>
    <name>assay::MemoryChoice</name>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>What the model is to run on; figures of the makers</source>
        <translation>模型将运行于何种设备；数据来自厂商</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>设备数</translation>
    </message>
    <message>
        <source>Weights and cache are divided evenly among them</source>
        <translation>权重和缓存在它们之间平均分配</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>The program that runs the model: what it keeps and pads</source>
        <translation>运行模型的程序：它保留和填充什么</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>As they are stored, or converted</source>
        <translation>按存储形式，或转换</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>The dtype of keys and values</source>
        <translation>键和值的 dtype</translation>
    </message>
    <message>
        <source>Context (tokens)</source>
        <translation>上下文（Token）</translation>
    </message>
    <message>
        <source>Tokens in each sequence, prompt and answer</source>
        <translation>每个序列的 Token 数，含提示和回答</translation>
    </message>
    <message>
        <source>Sequences at a time</source>
        <translation>同时处理的序列数</translation>
    </message>
    <message>
        <source>How many are worked on together</source>
        <translation>同时处理多少个</translation>
    </message>
    <message>
        <source>Load multi-token prediction</source>
        <translation>加载多 Token 预测层</translation>
    </message>
    <message>
        <source>For speculative decoding, where the runtime can</source>
        <translation>用于推测解码（若运行时支持）</translation>
    </message>
    <message>
        <source>none: only what is needed</source>
        <translation>无：只看所需</translation>
    </message>
    <message>
        <source>its memory depends on the machine</source>
        <translation>其内存取决于机器</translation>
    </message>
    <message>
        <source>; %1 GB/s</source>
        <translation>；%1 GB/s</translation>
    </message>
    <message>
        <source>Sources: %1; confidence %2</source>
        <translation>来源：%1；可信度 %2</translation>
    </message>
</context>
<context>
    <name>assay::MemoryTab</name>
    <message>
        <source>Terms</source>
        <translation>各项</translation>
    </message>
</context>
<context>
    <name>assay::MemoryTable</name>
    <message>
        <source>%1 {1:byte|bytes}</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Each device</source>
        <translation>每个设备</translation>
    </message>
    <message>
        <source>weights and cache divided evenly by %1, the rest on each</source>
        <translation>权重和缓存按 %1 平均分配，其余每个设备各有一份</translation>
    </message>
    <message>
        <source>; %1 allows itself %2 of it</source>
        <translation>；%1 允许自己使用其中 %2</translation>
    </message>
    <message>
        <source>The device offers</source>
        <translation>设备提供</translation>
    </message>
    <message>
        <source>Decode step, an estimate</source>
        <translation>解码一步（估计）</translation>
    </message>
    <message>
        <source>Measured with %1 {1:token|tokens} x %2</source>
        <translation>以 %1 Token × %2 实测</translation>
    </message>
    <message>
        <source>the estimate says %1 - %2: off by %3; %4 {4:run|runs} in Assay&apos;s engine</source>
        <translation>估计为 %1 - %2：偏差 %3；在 Assay 引擎中运行 %4 次</translation>
    </message>
    <message>
        <source>Taken for granted</source>
        <translation>假设</translation>
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
    <name>assay::NewWatchDialog</name>
    <message>
        <source>Watch an Endpoint</source>
        <translation>监视端点</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Of the watch; alerts tell it</source>
        <translation>监视的名称；通知中会写明</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>The endpoint&apos;s, as in Add an Endpoint</source>
        <translation>端点的地址，与“添加端点”中相同</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>As the endpoint calls it</source>
        <translation>端点所用的名称</translation>
    </message>
    <message>
        <source>&amp;Key is in</source>
        <translation>密钥位于(&amp;K)</translation>
    </message>
    <message>
        <source>The environment variable that holds the key: the key itself is never written down</source>
        <translation>保存密钥的环境变量：密钥本身从不写下</translation>
    </message>
    <message>
        <source>&amp;Webhook</source>
        <translation>Webhook(&amp;W)</translation>
    </message>
    <message>
        <source>Where alerts are sent to, besides this window and the system tray; empty: nowhere</source>
        <translation>除此窗口和系统托盘外，通知还发往何处；留空：无</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Log-probabilities of one token: finds other weights and precisions early; the endpoint must tell them</source>
        <translation>单个 Token 的对数概率：能及早发现权重和精度的变化；端点须给出对数概率</translation>
    </message>
    <message>
        <source>Inputs to which one token has two likely answers: needs no log-probabilities, and once up to some thousand calls to look for them</source>
        <translation>某个 Token 有两种可能回答的输入：不需要对数概率，首次寻找它们需要多达数千次调用</translation>
    </message>
    <message>
        <source>How many tokens the endpoint counts of fixed texts: finds another tokenizer at once</source>
        <translation>端点对固定文本计出多少 Token：能立即发现另一个分词器</translation>
    </message>
    <message>
        <source>Times and failures of streams; agreed limits need it</source>
        <translation>流的时间和失败；约定限值需要它</translation>
    </message>
    <message>
        <source>How often: %1</source>
        <translation>间隔：%1</translation>
    </message>
    <message>
        <source>every %1</source>
        <translation>每 %1</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>&amp;Version</source>
        <translation>版本(&amp;V)</translation>
    </message>
    <message>
        <source>What you buy now; its agreed limits follow. Empty: no limits</source>
        <translation>您目前购买的版本；其约定限值如下。留空：无限值</translation>
    </message>
    <message>
        <source>first token, s</source>
        <translation>首 Token，秒</translation>
    </message>
    <message>
        <source>Seconds to the first token that 95 % of requests must meet</source>
        <translation>95 % 的请求必须达到的首 Token 秒数</translation>
    </message>
    <message>
        <source>per token, s</source>
        <translation>每 Token，秒</translation>
    </message>
    <message>
        <source>Seconds for each further token that 95 % of requests must meet</source>
        <translation>95 % 的请求必须达到的每个后续 Token 的秒数</translation>
    </message>
    <message>
        <source>failures, %</source>
        <translation>失败，%</translation>
    </message>
    <message>
        <source>Per cent of requests that may fail</source>
        <translation>允许失败的请求百分比</translation>
    </message>
    <message>
        <source>available, %</source>
        <translation>可用率，%</translation>
    </message>
    <message>
        <source>Per cent of checks at which the endpoint must answer</source>
        <translation>端点必须应答的检查百分比</translation>
    </message>
    <message>
        <source>Agreed limits</source>
        <translation>约定限值</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Where the watch is kept. Beside it come its history, its baseline and its audit log: a folder of its own is best</source>
        <translation>监视的保存位置。旁边会有其历史、基线和审计日志：最好使用单独的文件夹</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Where the watch is kept</source>
        <translation>监视的保存位置</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>%1: a number above 0, as 0.5</source>
        <translation>%1：大于 0 的数，如 0.5</translation>
    </message>
    <message>
        <source>Limits are of a version: name it.</source>
        <translation>限值属于某个版本：请填写版本名。</translation>
    </message>
    <message>
        <source>Limits need the check of latency.</source>
        <translation>限值需要延迟检查。</translation>
    </message>
    <message>
        <source>About %1 calls a day once it has learned. Nothing is asked before Run.</source>
        <translation>学习完成后每天约 %1 次调用。在按下“运行”之前不询问任何内容。</translation>
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
        <source>%1 {1:byte|bytes}, %2 {2:element|elements} in %3 {3:tensor|tensors}</source>
        <translation>%1 字节，%2 个元素，%3 个张量</translation>
    </message>
    <message>
        <source>Show all, with reasons</source>
        <translation>显示全部及原因</translation>
    </message>
    <message>
        <source>Everything that was found is acknowledged.</source>
        <translation>所有发现都已确认。</translation>
    </message>
    <message>
        <source>No facts: neither a configuration nor tensors could be read. The findings say why.</source>
        <translation>没有属性：配置和张量都无法读取。“发现”中说明了原因。</translation>
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
    <message>
        <source>Exact two-sided McNemar test on the items that only one of the two got right; of repeated samples, graded scores and clusters a permutation test</source>
        <translation>对仅一方答对的题目作双侧 McNemar 精确检验；对重复采样、分级得分和聚类作置换检验</translation>
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
    <name>assay::PlanForm</name>
    <message>
        <source>Latency, throughput and memory</source>
        <translation>延迟、吞吐和显存/内存</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>A plan to begin with; every field can be changed.</source>
        <translation>作为起点的方案；每个字段都可更改。</translation>
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
        <source>Context before</source>
        <translation>之前的上下文</translation>
    </message>
    <message>
        <source>Tokens that stand before the prompt, as of an earlier conversation.</source>
        <translation>位于提示之前的 Token 数，例如此前的对话。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>What a TorchScript module is given: f32[1,3,224,224] is a random tensor, i64[1,128]&lt;30522 one of whole numbers below a limit; int=5, float=0.5, bool=true and none are values. One for each argument of its forward, with commas between them.</source>
        <translation>给 TorchScript 模块的输入：f32[1,3,224,224] 是随机张量，i64[1,128]&lt;30522 是小于上限的整数张量；int=5、float=0.5、bool=true 和 none 是值。forward 的每个参数一个，以逗号分隔。</translation>
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
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>与存储一致</translation>
    </message>
    <message>
        <source>INT8 of the full model (dynamic)</source>
        <translation>完整模型的 INT8（动态）</translation>
    </message>
    <message>
        <source>The matrices are rounded row by row to 8 bits while the model is loaded; on the CPU.</source>
        <translation>在 CPU 上加载模型时，将矩阵逐行取整为 8 位。</translation>
    </message>
    <message>
        <source>Dtype</source>
        <translation>dtype</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
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
        <source>Cold loads</source>
        <translation>冷加载次数</translation>
    </message>
    <message>
        <source>Loads before these, with the files out of the page cache.</source>
        <translation>先于上述加载，在文件不在页缓存时加载。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Of the random prompts: the same seed, the same prompts.</source>
        <translation>用于随机提示：种子相同，提示即相同。</translation>
    </message>
    <message>
        <source>Whole numbers from 0 on, with commas between them.</source>
        <translation>不小于 0 的整数，以逗号分隔。</translation>
    </message>
    <message>
        <source>Prompt tokens and output tokens are whole numbers from 1 on, with commas between them.</source>
        <translation>提示 Token 数和输出 Token 数均为不小于 1 的整数，以逗号分隔。</translation>
    </message>
    <message>
        <source>The context before the prompt is no list of whole numbers.</source>
        <translation>提示之前的上下文不是整数列表。</translation>
    </message>
    <message>
        <source>The batch is whole numbers from 1 on, with commas between them.</source>
        <translation>批大小为不小于 1 的整数，以逗号分隔。</translation>
    </message>
    <message>
        <source>Name a device.</source>
        <translation>请指定设备。</translation>
    </message>
    <message>
        <source>Declare what the TorchScript module is given, for example f32[1,3,224,224].</source>
        <translation>请声明给 TorchScript 模块的输入，例如 f32[1,3,224,224]。</translation>
    </message>
</context>
<context>
    <name>assay::ProfileView</name>
    <message>
        <source>%1 {1:place|places}; the arrow keys read them out</source>
        <translation>%1 处；用方向键逐个读出</translation>
    </message>
    <message>
        <source>, logarithmic</source>
        <translation>，对数</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>最大 %1</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>assay::QuestionPane</name>
    <message>
        <source>Question</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无回答</translation>
    </message>
    <message>
        <source>right: %1</source>
        <translation>正确：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
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
    <name>assay::ReferenceBox</name>
    <message>
        <source>Reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <source>What you trust to be the claimed model</source>
        <translation>您信任其为所声明模型的对象</translation>
    </message>
    <message>
        <source>Weights beside the bundle</source>
        <translation>参考包旁的权重</translation>
    </message>
    <message>
        <source>The bundle&apos;s model, opened here: it reads the endpoint&apos;s answers word by word, which tells more than texts do</source>
        <translation>在此打开的参考包所属模型：它逐词读取端点的回答，比文本本身说明得更多</translation>
    </message>
    <message>
        <source>Bundle...</source>
        <translation>参考包…</translation>
    </message>
    <message>
        <source>Trusted key</source>
        <translation>受信任的密钥</translation>
    </message>
    <message>
        <source>Ed25519, 64 hexadecimal digits: the bundle counts only with a signature of this key beside it (FILE.sig)</source>
        <translation>Ed25519，64 位十六进制数字：参考包旁（FILE.sig）须有此密钥的签名才算数</translation>
    </message>
    <message>
        <source>Served as the reference is</source>
        <translation>部署与参考相同</translation>
    </message>
    <message>
        <source>Its weights</source>
        <translation>其权重</translation>
    </message>
    <message>
        <source>The same engine, device and dtype: only then must the distributions be the same, and a difference is one of the model</source>
        <translation>引擎、设备和数据类型相同：只有这样分布才必须相同，差异才属于模型</translation>
    </message>
    <message>
        <source>A file that was recorded from trusted weights (assay reference)</source>
        <translation>从可信权重记录的文件（assay reference）</translation>
    </message>
    <message>
        <source>none: nobody&apos;s signature is checked</source>
        <translation>无：不核对任何人的签名</translation>
    </message>
    <message>
        <source>Folder...</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>The folder of a model that is not open here</source>
        <translation>未在此打开的模型的文件夹</translation>
    </message>
    <message numerus="yes">
        <source>A key has 64 hexadecimal digits; here are %n characters.</source>
        <translation>
            <numerusform>密钥有 64 位十六进制数字；这里有 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a Reference Bundle</source>
        <translation>选择参考包</translation>
    </message>
    <message>
        <source>Choose the Folder of a Model</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>Bundles (*.json)</source>
        <translation>参考包 (*.json)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>not here: only its record is used</source>
        <translation>不在此处：仅使用其记录</translation>
    </message>
    <message>
        <source>The reference %1 is asked, too.</source>
        <translation>还会询问参考 %1。</translation>
    </message>
    <message>
        <source>The reference is a file: nobody else is asked.</source>
        <translation>参考是文件：不再询问其他任何一方。</translation>
    </message>
    <message>
        <source>The weights in %1 are run by the worker of this machine.</source>
        <translation>%1 中的权重由本机的工作进程运行。</translation>
    </message>
    <message>
        <source>The weights in %1 are run by: %2.</source>
        <translation>%1 中的权重由以下命令运行：%2。</translation>
    </message>
</context>
<context>
    <name>assay::RequestModel</name>
    <message>
        <source>warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>answered, cut by length</source>
        <translation>已回答，因长度截断</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>retry %1</source>
        <translation>重试 %1</translation>
    </message>
    <message>
        <source>before the server had settled</source>
        <translation>服务器尚未稳定</translation>
    </message>
</context>
<context>
    <name>assay::RequestTimeline</name>
    <message>
        <source>Time line of the request</source>
        <translation>请求的时间线</translation>
    </message>
    <message>
        <source>was to be sent</source>
        <translation>计划发送</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>headers, status %1</source>
        <translation>响应头，状态 %1</translation>
    </message>
    <message>
        <source>headers</source>
        <translation>响应头</translation>
    </message>
    <message>
        <source>first byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>waits to be sent</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>until headers</source>
        <translation>至响应头</translation>
    </message>
    <message>
        <source>until text</source>
        <translation>至文本</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>until the end</source>
        <translation>至结束</translation>
    </message>
    <message>
        <source>Choose a request to see its time line.</source>
        <translation>选择一个请求以查看其时间线。</translation>
    </message>
    <message>
        <source>Request %1</source>
        <translation>请求 %1</translation>
    </message>
    <message>
        <source>%1 pieces of text in %2</source>
        <translation>%2 内 %1 个文本片段</translation>
    </message>
    <message>
        <source>%1 output tokens by the server&apos;s count</source>
        <translation>按服务器计数，输出 %1 Token</translation>
    </message>
    <message>
        <source>finished by: %1</source>
        <translation>结束原因：%1</translation>
    </message>
    <message>
        <source>piece %1 of %2, %3, %4 bytes</source>
        <translation>第 %1 个片段，共 %2 个，%3，%4 字节</translation>
    </message>
    <message>
        <source>, %1 after the one before</source>
        <translation>，距前一个 %1</translation>
    </message>
    <message>
        <source>%1 after the intended sending: %2</source>
        <translation>计划发送后 %1：%2</translation>
    </message>
</context>
<context>
    <name>assay::RequestsTab</name>
    <message>
        <source>Number, point or error</source>
        <translation>编号、测点或错误</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
</context>
<context>
    <name>assay::RunPanel</name>
    <message>
        <source>Run</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Numbers of the run</source>
        <translation>运行记录的数值</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>测量协议</translation>
    </message>
    <message>
        <source>Protocol and environment of the run</source>
        <translation>运行记录的测量协议与环境</translation>
    </message>
    <message>
        <source>Choose a run to see its numbers, its requests and how it was made.</source>
        <translation>选择一条运行记录，查看其数值、请求和运行方式。</translation>
    </message>
    <message>
        <source>Reading the run...</source>
        <translation>正在读取运行记录…</translation>
    </message>
</context>
<context>
    <name>assay::RunsPage</name>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Search in all columns</source>
        <translation>在所有列中搜索</translation>
    </message>
    <message>
        <source>Open Subject</source>
        <translation>打开被测对象</translation>
    </message>
    <message>
        <source>Opens what was measured</source>
        <translation>打开所测量的对象</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Measures what is missing of a load that was broken off</source>
        <translation>补测被中断的负载中缺少的部分</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Writes the run as JSON with all raw samples, or its numbers or requests as CSV</source>
        <translation>将运行记录连同全部原始样本写成 JSON，或将其数值或请求写成 CSV</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Deletes the chosen runs with their samples; it can be undone</source>
        <translation>删除所选运行记录及其样本；可以撤销</translation>
    </message>
    <message>
        <source>Nothing has been measured here yet. Every run is kept with all its samples and listed here.</source>
        <translation>这里尚未测量过任何内容。每次运行都会连同全部样本保存，并列于此处。</translation>
    </message>
    <message>
        <source>Measure...</source>
        <translation>测量…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 条运行记录</translation>
    </message>
    <message>
        <source>Everything (*.json)</source>
        <translation>全部 (*.json)</translation>
    </message>
    <message>
        <source>Numbers (*.csv)</source>
        <translation>数值 (*.csv)</translation>
    </message>
    <message>
        <source>Requests (*.csv)</source>
        <translation>请求 (*.csv)</translation>
    </message>
    <message>
        <source>Export the run</source>
        <translation>导出运行记录</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Sets two to eight chosen runs against one of them, metric by metric; choose several with Ctrl or Shift</source>
        <translation>将所选的 2 至 8 条运行记录与其中一条逐项指标对比；按住 Ctrl 或 Shift 可多选</translation>
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
    <message>
        <source>Tell in the system tray, too, where the desktop has one</source>
        <translation>若桌面有系统托盘，也在其中提示</translation>
    </message>
    <message>
        <source>Alarms of watches</source>
        <translation>监视的告警</translation>
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
    <name>assay::SpendingCaps</name>
    <message>
        <source>Minutes at most</source>
        <translation>最多分钟数</translation>
    </message>
    <message>
        <source>The run ends after this time with what it has</source>
        <translation>到此时间即结束运行，保留已有结果</translation>
    </message>
    <message>
        <source>Requests at most</source>
        <translation>最多请求数</translation>
    </message>
    <message>
        <source>Repeated ones are counted</source>
        <translation>重复的请求也计入</translation>
    </message>
    <message>
        <source>Tokens at most</source>
        <translation>最多 Token 数</translation>
    </message>
    <message>
        <source>Of prompts and answers together; no request goes out that could pass it</source>
        <translation>提示词与回答合计；可能超出的请求不会发出</translation>
    </message>
    <message>
        <source>Money at most</source>
        <translation>最高金额</translation>
    </message>
    <message>
        <source>By the prices beside it; no request goes out that could pass it</source>
        <translation>按旁边的价格计算；可能超出的请求不会发出</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Per million tokens: of prompts, of answers, and of cached prompts where they cost less: 0.55, 2.19</source>
        <translation>每百万 Token：提示词、回答，以及更便宜时的缓存提示词：0.55, 2.19</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>no cap</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>money</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>at prices of</source>
        <translation>价格为</translation>
    </message>
    <message>
        <source>in</source>
        <translation>货币为</translation>
    </message>
    <message>
        <source>A whole number from 1 on.</source>
        <translation>从 1 起的整数。</translation>
    </message>
    <message>
        <source>A number above 0.</source>
        <translation>大于 0 的数。</translation>
    </message>
    <message>
        <source>Two or three numbers with commas between them.</source>
        <translation>以逗号分隔的两个或三个数。</translation>
    </message>
    <message>
        <source>A cap on money needs prices.</source>
        <translation>金额上限需要价格。</translation>
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
    <name>assay::StatisticsJob</name>
    <message>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>reading weights</source>
        <translation>正在读取权重</translation>
    </message>
</context>
<context>
    <name>assay::SubjectJob</name>
    <message>
        <source>cancelling</source>
        <translation>正在取消</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>the worker did not stop and was ended</source>
        <translation>工作进程没有停止，已被结束</translation>
    </message>
    <message>
        <source>waiting for its turn</source>
        <translation>等待轮到</translation>
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
    <message>
        <source>no tensors</source>
        <translation>没有张量</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Reading... %1</source>
        <translation>正在读取… %1</translation>
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
    <name>assay::SwitchDialog</name>
    <message>
        <source>Record a Switch of Versions</source>
        <translation>记录版本切换</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>&amp;Endpoint</source>
        <translation>端点(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>从(&amp;F)</translation>
    </message>
    <message>
        <source>The version before</source>
        <translation>之前的版本</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>The version from now on; where the watch file has limits of it, these hold from now on</source>
        <translation>此后的版本；若监视文件有其限值，则此后按其执行</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>到(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Who</source>
        <translation>执行人(&amp;W)</translation>
    </message>
    <message>
        <source>Who decided it</source>
        <translation>由谁决定</translation>
    </message>
    <message>
        <source>Wh&amp;y</source>
        <translation>原因(&amp;Y)</translation>
    </message>
    <message>
        <source>The reason, as somebody will want to read it in a year</source>
        <translation>一年后仍有人想看到的理由</translation>
    </message>
    <message>
        <source>Way &amp;back</source>
        <translation>回退方式(&amp;B)</translation>
    </message>
    <message>
        <source>How it is undone</source>
        <translation>如何撤销</translation>
    </message>
    <message>
        <source>It is written into the audit log with the time, and cannot be changed afterwards.</source>
        <translation>连同时间写入审计日志，此后无法更改。</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
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
    <name>assay::TemplateView</name>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>Compared with the first subject</source>
        <translation>与第一个被测对象相比</translation>
    </message>
    <message>
        <source>None of the subjects has a chat template.</source>
        <translation>没有被测对象带有对话模板。</translation>
    </message>
    <message>
        <source>no template</source>
        <translation>没有模板</translation>
    </message>
    <message>
        <source>%1 (%2) before, %3 (%4) after: %5</source>
        <translation>之前 %1（%2），之后 %3（%4）：%5</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>they differ</source>
        <translation>不同</translation>
    </message>
</context>
<context>
    <name>assay::TensorPanel</name>
    <message>
        <source>All tensors</source>
        <translation>所有张量</translation>
    </message>
    <message>
        <source>The chosen tensor</source>
        <translation>所选张量</translation>
    </message>
    <message>
        <source>Views of the tensor</source>
        <translation>张量的视图</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Norms</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Statistics of the tensor</source>
        <translation>张量的统计</translation>
    </message>
    <message>
        <source>Logarithmic counts</source>
        <translation>对数计数</translation>
    </message>
    <message>
        <source>What the colour of a cell stands for</source>
        <translation>格子颜色的含义</translation>
    </message>
    <message>
        <source>mean of a cell</source>
        <translation>格内均值</translation>
    </message>
    <message>
        <source>least value</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>greatest value</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>root mean square</source>
        <translation>均方根</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>全图</translation>
    </message>
    <message>
        <source>Shows the whole tensor again (0, or double click)</source>
        <translation>重新显示整个张量（0 或双击）</translation>
    </message>
    <message>
        <source>No values</source>
        <translation>没有数值</translation>
    </message>
    <message>
        <source>The file of this tensor is missing or cannot be read.</source>
        <translation>该张量的文件缺失或无法读取。</translation>
    </message>
    <message>
        <source>The values are on a server: %1 would be fetched.</source>
        <translation>数值在服务器上：将取得 %1。</translation>
    </message>
    <message>
        <source>Fetch the values</source>
        <translation>取得数值</translation>
    </message>
    <message>
        <source>The tensor is large: %1 would be read.</source>
        <translation>张量很大：将读取 %1。</translation>
    </message>
    <message>
        <source>Read the values</source>
        <translation>读取数值</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Dtype</source>
        <translation>Dtype</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>偏移</translation>
    </message>
    <message>
        <source>cannot be read in place</source>
        <translation>无法直接读取</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Reading the values</source>
        <translation>正在读取数值</translation>
    </message>
    <message>
        <source>%1; a preview from one row of each, all are being read</source>
        <translation>%1；每格取一行的预览，正在读取全部</translation>
    </message>
</context>
<context>
    <name>assay::TierCard</name>
    <message>
        <source>Looks at: %1</source>
        <translation>查看内容：%1</translation>
    </message>
    <message>
        <source>Not looked at here.</source>
        <translation>此处未查看。</translation>
    </message>
    <message>
        <source>Cannot see: %1</source>
        <translation>无法看出：%1</translation>
    </message>
    <message>
        <source>%1, registered</source>
        <translation>%1，已登记</translation>
    </message>
    <message>
        <source>%1, channel %2</source>
        <translation>%1，通道 %2</translation>
    </message>
    <message>
        <source>Harmless explanation: %1</source>
        <translation>无害的解释：%1</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation>，另有 %1 项</translation>
    </message>
    <message>
        <source>Kept raw: %1</source>
        <translation>保留的原始数据：%1</translation>
    </message>
</context>
<context>
    <name>assay::TokenFlow</name>
    <message>
        <source>Tokens of the text</source>
        <translation>文本的 Token</translation>
    </message>
    <message>
        <source>%1 {1:token|tokens}</source>
        <translation>%1 个 Token</translation>
    </message>
    <message>
        <source>Copy ids and tokens</source>
        <translation>复制 id 和 Token</translation>
    </message>
    <message>
        <source>Token %1 of %2: id %3</source>
        <translation>第 %1/%2 个 Token：id %3</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
</context>
<context>
    <name>assay::TokenizerTab</name>
    <message>
        <source>Vocabulary and chat template</source>
        <translation>词表和对话模板</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>Text to be cut into tokens</source>
        <translation>要切分为 Token 的文本</translation>
    </message>
    <message>
        <source>Type or paste text here to see its tokens</source>
        <translation>在此键入或粘贴文本以查看其 Token</translation>
    </message>
    <message>
        <source>The quick brown fox jumps over 13 lazy dogs; 18.5 % of them woke up.</source>
        <translation>敏捷的棕色狐狸跳过了 13 只懒狗；其中 18.5 % 醒了。</translation>
    </message>
    <message>
        <source>With special tokens</source>
        <translation>含特殊 Token</translation>
    </message>
    <message>
        <source>What the tokenizer adds by itself at the start and the end of a text</source>
        <translation>分词器自动在文本首尾添加的内容</translation>
    </message>
    <message>
        <source>Search tokens, or type an id</source>
        <translation>搜索 Token，或键入 id</translation>
    </message>
    <message>
        <source>Types of tokens that are shown</source>
        <translation>所显示 Token 的类型</translation>
    </message>
    <message>
        <source>all types</source>
        <translation>所有类型</translation>
    </message>
    <message>
        <source>Which chat template</source>
        <translation>哪个对话模板</translation>
    </message>
    <message>
        <source>Text of the chat template</source>
        <translation>对话模板的文本</translation>
    </message>
    <message>
        <source>Reading the tokenizer</source>
        <translation>正在读取分词器</translation>
    </message>
    <message>
        <source>Text cannot be cut into tokens here</source>
        <translation>此处无法把文本切分为 Token</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>No chat template comes with this model.</source>
        <translation>该模型不带对话模板。</translation>
    </message>
    <message>
        <source>Only the first %1 characters are shown as tokens.</source>
        <translation>只有前 %1 个字符显示为 Token。</translation>
    </message>
    <message>
        <source>%1 {1:token|tokens}</source>
        <translation>%1 个 Token</translation>
    </message>
    <message>
        <source>%1 {1:character|characters}</source>
        <translation>%1 个字符</translation>
    </message>
    <message>
        <source>%1 {1:byte|bytes}</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>%1 tokens per word</source>
        <translation>每词 %1 个 Token</translation>
    </message>
    <message>
        <source>The file asks for this at each call; the engine gives every text as it is.</source>
        <translation>文件要求每次调用时如此；引擎按文本原样处理。</translation>
    </message>
    <message>
        <source>Not applied: %1 (%2)</source>
        <translation>未应用：%1（%2）</translation>
    </message>
</context>
<context>
    <name>assay::TraceField</name>
    <message>
        <source>%1 (line %2)</source>
        <translation>%1（第 %2 行）</translation>
    </message>
    <message>
        <source>Trace of arrivals</source>
        <translation>到达轨迹</translation>
    </message>
    <message>
        <source>A file with a number of seconds on each line, or CSV or JSON lines with a column of them.</source>
        <translation>每行一个秒数的文件，或含有一列秒数的 CSV 或 JSON Lines 文件。</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a trace of arrivals</source>
        <translation>选择到达轨迹</translation>
    </message>
    <message>
        <source>Choose a file of arrivals.</source>
        <translation>请选择含有到达时刻的文件。</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>assay::VerdictBanner</name>
    <message>
        <source>%1, claimed as %2</source>
        <translation>%1，声明为 %2</translation>
    </message>
</context>
<context>
    <name>assay::VerificationView</name>
    <message>
        <source>Verification</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>Evidence, from what is easiest to forge to what is hardest</source>
        <translation>证据，按从最易伪造到最难伪造排列</translation>
    </message>
    <message>
        <source>How strong it is</source>
        <translation>证据强度</translation>
    </message>
    <message>
        <source>Nearest known models</source>
        <translation>最接近的已知模型</translation>
    </message>
    <message>
        <source>Odds</source>
        <translation>优势比</translation>
    </message>
    <message>
        <source>Registered tests</source>
        <translation>已登记的检验</translation>
    </message>
    <message>
        <source>How it was checked</source>
        <translation>核实方式</translation>
    </message>
    <message>
        <source>Search in claims</source>
        <translation>在声明中搜索</translation>
    </message>
    <message>
        <source>&amp;Prior odds of the claim over its alternatives</source>
        <translation>声明相对于其备选的先验优势比(&amp;P)</translation>
    </message>
    <message>
        <source>Prior odds</source>
        <translation>先验优势比</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>What you believed before: 20, 20:1 or 1:20. It changes posterior odds alone, which stand apart from what was found.</source>
        <translation>您事先的判断：20、20:1 或 1:20。它只改变后验优势比，后验优势比与所得发现分开列出。</translation>
    </message>
    <message>
        <source>Odds are numbers such as 20, 20:1 or 1:20, up to a million to one.</source>
        <translation>优势比为 20、20:1 或 1:20 这样的数值，最大为一百万比一。</translation>
    </message>
    <message>
        <source>Broken off before its end: what stands here is what was found until then.</source>
        <translation>未完成即中断：此处所列为中断前的发现。</translation>
    </message>
    <message>
        <source>Why:</source>
        <translation>原因：</translation>
    </message>
    <message>
        <source>Not determined:</source>
        <translation>未确定：</translation>
    </message>
    <message>
        <source>What to test next:</source>
        <translation>接下来要检验：</translation>
    </message>
    <message>
        <source>Notes:</source>
        <translation>备注：</translation>
    </message>
    <message>
        <source>Claims of %1</source>
        <translation>%1 的声明</translation>
    </message>
    <message>
        <source>No claim was held against it.</source>
        <translation>没有声明与之对照。</translation>
    </message>
    <message>
        <source>Not looked at: %1</source>
        <translation>未查看：%1</translation>
    </message>
    <message>
        <source>%1: %2 % of what can be held against it agrees</source>
        <translation>%1：可与之对照的内容中 %2 % 相符</translation>
    </message>
    <message>
        <source>agrees: every tensor&apos;s name and shape</source>
        <translation>相符：每个张量的名称和形状</translation>
    </message>
    <message>
        <source>agrees: %1</source>
        <translation>相符：%1</translation>
    </message>
    <message>
        <source>differs: %1</source>
        <translation>不同：%1</translation>
    </message>
</context>
<context>
    <name>assay::VerifyDialog</name>
    <message>
        <source>Subject</source>
        <translation>被测对象</translation>
    </message>
    <message>
        <source>Claimed to be</source>
        <translation>声明为</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>Sheet...</source>
        <translation>声明表…</translation>
    </message>
    <message>
        <source>A claim sheet of your own: what a seller, a card or an article says, as JSON</source>
        <translation>您自己的声明表：卖方、模型卡或文章的说法，JSON 格式</translation>
    </message>
    <message>
        <source>Choose a Claim Sheet</source>
        <translation>选择声明表</translation>
    </message>
    <message>
        <source>JSON (*.json);;All files (*)</source>
        <translation>JSON (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Checksums</source>
        <translation>校验和</translation>
    </message>
    <message>
        <source>SHA-256 of every weight file, as sha256sum writes them: the only thing that verifies</source>
        <translation>每个权重文件的 SHA-256，格式同 sha256sum 的输出：唯一能够核实的依据</translation>
    </message>
    <message>
        <source>Choose a List of Checksums</source>
        <translation>选择校验和清单</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>A tokenizer.json of the claimed model, where you have one; without it a shipped table of counts is used</source>
        <translation>所声明模型的 tokenizer.json（如有）；没有时使用随附的计数表</translation>
    </message>
    <message>
        <source>Choose a Tokenizer</source>
        <translation>选择分词器</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Nothing but these files is read; no network is used.</source>
        <translation>只读取这些文件；不使用网络。</translation>
    </message>
    <message>
        <source>How much is looked at and asked: the line below says what that is</source>
        <translation>查看和询问的规模：下一行说明具体内容</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Edit...</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Reads and changes what is claimed, or writes a new sheet, and keeps it as one of your own</source>
        <translation>查看并修改声明内容，或编写新声明表，并保留为您自己的</translation>
    </message>
    <message>
        <source>%1 (yours)</source>
        <translation>%1（您的）</translation>
    </message>
    <message>
        <source>At most %1 requests with %2 tokens of prompts and %3 of answers.</source>
        <translation>最多 %1 个请求，提示词 %2 个 Token，回答 %3 个 Token。</translation>
    </message>
    <message>
        <source>That costs at most %1 %2.</source>
        <translation>最多花费 %1 %2。</translation>
    </message>
    <message>
        <source>%1 of the requests go to the reference.</source>
        <translation>其中 %1 个请求发往参考。</translation>
    </message>
    <message>
        <source>%1 answers are written by the reference&apos;s weights, which takes time alone.</source>
        <translation>%1 个回答由参考的权重写出，只花时间。</translation>
    </message>
    <message>
        <source>The caps may end it before that; what was found until then stays.</source>
        <translation>上限可能使其提前结束；此前发现的内容会保留。</translation>
    </message>
    <message>
        <source>Nothing but this endpoint is asked: %1.</source>
        <translation>只询问此端点：%1。</translation>
    </message>
    <message>
        <source>Nothing but this endpoint is asked: %1. Without a reference neither the distribution of its answers (T4) nor what it can do (T6) is tested.</source>
        <translation>只询问此端点：%1。没有参考时，既不检验其回答的分布（T4），也不检验其能力（T6）。</translation>
    </message>
    <message>
        <source>Asked is %1.</source>
        <translation>询问对象为 %1。</translation>
    </message>
    <message>
        <source>Looking at the reference...</source>
        <translation>正在查看参考…</translation>
    </message>
</context>
<context>
    <name>assay::VerifyJob</name>
    <message>
        <source>Verification</source>
        <translation>核实</translation>
    </message>
</context>
<context>
    <name>assay::VerifyPage</name>
    <message>
        <source>waiting for its turn</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>&amp;Verification</source>
        <translation>核实(&amp;V)</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>What was found earlier stays as it was found</source>
        <translation>先前的发现保持原样</translation>
    </message>
    <message>
        <source>Verify...</source>
        <translation>核实…</translation>
    </message>
    <message>
        <source>Checks the subject against a claim sheet; says what it costs first</source>
        <translation>对照声明表检查被测对象；先说明所需开销</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Takes this verification off the list and out of the store</source>
        <translation>将此次核实从列表和存储中移除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Ends the verification; what was found until then stays</source>
        <translation>结束核实；已有的发现予以保留</translation>
    </message>
    <message>
        <source>Verifying %1: %2</source>
        <translation>正在核实 %1：%2</translation>
    </message>
    <message>
        <source>The last verification failed: %1</source>
        <translation>上次核实失败：%1</translation>
    </message>
    <message>
        <source>Verifying %1</source>
        <translation>正在核实 %1</translation>
    </message>
    <message>
        <source>The verification failed</source>
        <translation>核实失败</translation>
    </message>
    <message>
        <source>Open a model or add an endpoint to check whether it is what it is said to be.</source>
        <translation>打开模型或添加端点，以检查其是否与所称相符。</translation>
    </message>
    <message>
        <source>Open a model...</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Nothing was verified here yet. Choose what the subject is claimed to be: what it would cost is said before anything is asked.</source>
        <translation>这里尚未核实任何内容。请选择被测对象声明为何种模型：询问之前会先说明所需开销。</translation>
    </message>
    <message>
        <source>Claim Sheet...</source>
        <translation>声明表…</translation>
    </message>
    <message>
        <source>The sheet that it was held against, to read, change and keep as one of your own; or a new one</source>
        <translation>所对照的声明表，可查看、修改并保留为您自己的；或新建一份</translation>
    </message>
    <message>
        <source>Keep as Known Model...</source>
        <translation>保留为已知模型…</translation>
    </message>
    <message>
        <source>Keeps the subject&apos;s facts and the names and shapes of its tensors: others can be held against it then</source>
        <translation>保留被测对象的事实以及张量的名称和形状：此后可用来对照其他对象</translation>
    </message>
    <message>
        <source>Not everything here could be written or read; what is new is gone when the program ends. %1</source>
        <translation>并非所有内容都能写入或读取；新的内容在程序结束后会丢失。%1</translation>
    </message>
    <message>
        <source>Reading what was verified earlier</source>
        <translation>正在读取先前的验证</translation>
    </message>
</context>
<context>
    <name>assay::WatchModel</name>
    <message>
        <source>%1 of %2 not met</source>
        <translation>%2 项中有 %1 项未达到</translation>
    </message>
    <message>
        <source>met</source>
        <translation>达到</translation>
    </message>
    <message>
        <source>✗ broken</source>
        <translation>✗ 断裂</translation>
    </message>
    <message>
        <source>✓ whole</source>
        <translation>✓ 完整</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>running: asking</source>
        <translation>运行中：询问中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>pausing</source>
        <translation>正在暂停</translation>
    </message>
    <message>
        <source>being written</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
</context>
<context>
    <name>assay::WatchNotices</name>
    <message>
        <source>Assay: %1</source>
        <translation>Assay：%1</translation>
    </message>
</context>
<context>
    <name>assay::WatchPage</name>
    <message>
        <source>Watches</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>New watch...</source>
        <translation>新建监视…</translation>
    </message>
    <message>
        <source>Makes a watch file: an endpoint, what is checked, how often, what is agreed</source>
        <translation>创建监视文件：端点、检查内容、频率、约定</translation>
    </message>
    <message>
        <source>Open...</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>A watch file that is there, as assay monitor runs it</source>
        <translation>已有的监视文件，与 assay monitor 所运行的相同</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Record a switch of versions...</source>
        <translation>记录版本切换…</translation>
    </message>
    <message>
        <source>Who, why, and the way back: into the audit log</source>
        <translation>执行人、原因和回退方式：写入审计日志</translation>
    </message>
    <message>
        <source>Begin a new baseline...</source>
        <translation>开始新基线…</translation>
    </message>
    <message>
        <source>What is usual is learned anew</source>
        <translation>重新学习何为正常</translation>
    </message>
    <message>
        <source>Report...</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>This watch as PDF, HTML, Markdown, CSV or JSON</source>
        <translation>将此监视输出为 PDF、HTML、Markdown、CSV 或 JSON</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>What another program wrote meanwhile</source>
        <translation>其他程序在此期间写入的内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Takes the watch off the list and ends its checks here; nothing on the disk changes</source>
        <translation>将监视移出列表并结束此处的检查；磁盘上的内容不变</translation>
    </message>
    <message>
        <source>Watch an endpoint over time: is it still what it was, and does it keep what was agreed? No reference is needed: it is compared with itself.</source>
        <translation>长期监视端点：它是否仍与从前一样，是否遵守约定？无需参考：它只与自身比较。</translation>
    </message>
    <message>
        <source>This watch cannot be read</source>
        <translation>此监视无法读取</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Ends the checks; one that is under way is made again later</source>
        <translation>结束检查；正在进行的检查以后重做</translation>
    </message>
    <message>
        <source>Makes the checks that are due, now and later: about %1 calls a day</source>
        <translation>执行现在及以后到期的检查：每天约 %1 次调用</translation>
    </message>
    <message>
        <source>Open a watch</source>
        <translation>打开监视</translation>
    </message>
    <message>
        <source>Watch files (*.json);;All files (*)</source>
        <translation>监视文件 (*.json);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>assay::WatchView</name>
    <message>
        <source>Watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Agreed limits by version</source>
        <translation>各版本的约定限值</translation>
    </message>
    <message>
        <source>Switches of versions</source>
        <translation>版本切换</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>Search in the audit log</source>
        <translation>在审计日志中搜索</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the history cannot be read and count for nothing.</source>
        <translation>
            <numerusform>历史记录中有 %n 行无法读取，不计入。</numerusform>
        </translation>
    </message>
    <message>
        <source>Its last %1 entries stand here.</source>
        <translation>此处显示最后 %1 条。</translation>
    </message>
</context>
<context>
    <name>assay::WeightCheckJob</name>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
</context>
<context>
    <name>assay::WeightsView</name>
    <message>
        <source>Compare the weights</source>
        <translation>比较权重</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Differences of the weights</source>
        <translation>权重的差异</translation>
    </message>
    <message>
        <source>Compared with the first subject</source>
        <translation>与第一个被测对象相比</translation>
    </message>
    <message>
        <source>Reads the weights of both models from end to end: relative difference and cosine of every pair of the same shape.</source>
        <translation>把两个模型的权重从头到尾读取一遍：每对同形状权重的相对差异和余弦。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
</context>
<context>
    <name>assay::WhatIfBoxes</name>
    <message>
        <source>It exists in memory alone and is a column of its own.</source>
        <translation>仅存在于内存中，单独成列。</translation>
    </message>
    <message>
        <source>INT8</source>
        <translation>INT8</translation>
    </message>
    <message>
        <source>The matrices rounded row by row to 8 bits, on the CPU. %1</source>
        <translation>矩阵逐行取整为 8 位，在 CPU 上。%1</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>剪枝</translation>
    </message>
    <message>
        <source>The smallest numbers of each matrix set to zero; they are multiplied all the same. %1</source>
        <translation>每个矩阵中最小的数置零；仍照常相乘。%1</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Share that is pruned</source>
        <translation>剪枝比例</translation>
    </message>
    <message>
        <source>2:4 pruned</source>
        <translation>2:4 剪枝</translation>
    </message>
    <message>
        <source>Two of four numbers that follow each other in a row set to zero. %1</source>
        <translation>每行中相邻四个数中的两个置零。%1</translation>
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
    <message>
        <source>(%1 {1:line|lines} left out)</source>
        <translation>（省略 %1 行）</translation>
    </message>
    <message>
        <source>The worker did not stop within a second and is ended.</source>
        <translation>工作进程在一秒内没有停止，已被结束。</translation>
    </message>
    <message>
        <source>the worker did not stop within a second and was ended</source>
        <translation>工作进程在一秒内没有停止，已被结束</translation>
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
