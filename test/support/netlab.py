#!/usr/bin/env python3
"""netlab: user-space lossy link between two network namespaces (no sch_netem needed).
Needs root, /dev/net/tun, `ip`.  Two TUN devices, one moved into each namespace; this
process forwards packets between them with: rate limit (serialisation + finite queue),
one-way delay, jitter, random loss (or Gilbert-Elliott bursts), scheduled outages.
Control: lines on stdin, e.g.  {"loss":0.1,"rate":64000,"delay":0.3,"down":false}
"""
import os, sys, fcntl, struct, subprocess, select, time, heapq, random, json, argparse
TUNSETIFF=0x400454ca; IFF_TUN=1; IFF_NO_PI=0x1000
def tun(name):
    fd=os.open('/dev/net/tun',os.O_RDWR|os.O_NONBLOCK)
    fcntl.ioctl(fd,TUNSETIFF,struct.pack('16sH',name.encode(),IFF_TUN|IFF_NO_PI)); return fd
def sh(c): subprocess.run(c,shell=True,check=True)
ap=argparse.ArgumentParser()
ap.add_argument('--id',default='nl'); ap.add_argument('--rate',type=float,default=64000)
ap.add_argument('--delay',type=float,default=.3); ap.add_argument('--jitter',type=float,default=0)
ap.add_argument('--loss',type=float,default=0); ap.add_argument('--burst',type=float,default=0,help='mean burst length for Gilbert-Elliott')
ap.add_argument('--queue',type=int,default=30000,help='queue bytes'); ap.add_argument('--seed',type=int,default=1)
ap.add_argument('--mtu',type=int,default=1400); ap.add_argument('--cc',default='')
ap.add_argument('--outage',default='',help='period,length seconds, e.g. 60,15')
ap.add_argument('--net',type=int,default=0,help='third octet of the addresses, for several lines at once')
a=ap.parse_args(); rnd=random.Random(a.seed)
C,S=a.id+'c',a.id+'s'
for ns in (C,S): subprocess.run(f'ip netns del {ns}',shell=True,stderr=subprocess.DEVNULL)
fds=[]
for ns,ip,peer in ((C,f'10.99.{a.net}.1',f'10.99.{a.net}.2'),(S,f'10.99.{a.net}.2',f'10.99.{a.net}.1')):
    t=f'{ns}t'; fd=tun(t); fds.append(fd)
    sh(f'ip netns add {ns} && ip link set {t} netns {ns} && ip -n {ns} link set lo up && ip -n {ns} link set {t} mtu {a.mtu} && ip -n {ns} addr add {ip} peer {peer} dev {t} && ip -n {ns} link set {t} up')
    sh(f'ip netns exec {ns} sysctl -qw net.ipv6.conf.all.disable_ipv6=1')
    pass
cfg=dict(rate=a.rate,delay=a.delay,jitter=a.jitter,loss=a.loss,down=False)
class Dir:
    def __init__(s,out): s.out=out; s.free=0.0; s.last=0.0; s.bad=False; s.st=dict(pk=0,by=0,lost=0,qdrop=0,down=0)
    def lose(s):
        p=cfg['loss']
        if not a.burst: return rnd.random()<p
        r=1/a.burst; q=p*r/(1-p) if p<1 else 1
        s.bad = (rnd.random()>=r) if s.bad else (rnd.random()<q)
        return s.bad
D=[Dir(fds[1]),Dir(fds[0])]; H=[]; n=0; t0=time.monotonic()
print(json.dumps(dict(ready=True,client=C,server=S)),flush=True)
po=select.poll(); [po.register(f,select.POLLIN) for f in fds]; po.register(0,select.POLLIN)
try:
  while True:
    now=time.monotonic(); to=max(0,(H[0][0]-now)*1000) if H else 1000
    for fd,ev in po.poll(to):
        if fd==0:
            line=os.read(0,4096)
            if not line: raise KeyboardInterrupt
            for l in line.decode().splitlines():
                if l.strip()=='stat': print(json.dumps([d.st for d in D]),flush=True)
                elif l.strip(): cfg.update(json.loads(l))
            continue
        i=fds.index(fd); d=D[i]
        for _ in range(64):
            try: p=os.read(fd,65536)
            except BlockingIOError: break
            now=time.monotonic(); d.st['pk']+=1; d.st['by']+=len(p)
            down=cfg['down']
            if a.outage:
                per,ln=map(float,a.outage.split(',')); down = down or ((now-t0)%per)>=per-ln
            if down: d.st['down']+=1; continue
            q=max(0,d.free-now)*cfg['rate']/8
            if q+len(p)>a.queue: d.st['qdrop']+=1; continue
            d.free=max(now,d.free)+len(p)*8/cfg['rate']     # lost packets still occupy the air
            if d.lose(): d.st['lost']+=1; continue
            at=max(d.last, d.free+cfg['delay']+rnd.random()*cfg['jitter']); d.last=at
            n+=1; heapq.heappush(H,(at,n,d.out,p))
    now=time.monotonic()
    while H and H[0][0]<=now:
        _,_,o,p=heapq.heappop(H)
        try: os.write(o,p)
        except OSError: pass
except KeyboardInterrupt: pass
finally:
    print(json.dumps([d.st for d in D]),flush=True)
    for ns in (C,S): subprocess.run(f'ip netns del {ns}',shell=True)
